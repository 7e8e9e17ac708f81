package dev.firn.io.netcdf;

import dev.firn.io.CorruptInputException;
import dev.firn.io.FormatException;
import dev.firn.io.Origin;
import dev.firn.io.UnsupportedFeatureException;
import io.jhdf.exceptions.UnsupportedHdfException;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Asks jhdf for something. What the library dislikes in a file it reports as unchecked exceptions
 * of its own, of its arithmetic and of its buffers, and as {@link StackOverflowError} where
 * structures refer to themselves; the address is in the messages of some of them.
 */
final class LibraryCall {
  private static final Pattern ADDRESS = Pattern.compile("address\\W{0,3}(\\d{1,18})\\b");

  private LibraryCall() {}

  static <T> T ask(String action, Origin origin, Supplier<T> question) {
    try {
      return question.get();
    } catch (FormatException refusal) {
      throw refusal;
    } catch (RuntimeException | StackOverflowError broken) {
      throw translated(action, origin, broken);
    }
  }

  private static FormatException translated(String action, Origin origin, Throwable broken) {
    Origin place = origin;
    String detail = broken.toString();
    for (Throwable cause = broken; cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage());
      if (cause instanceof UnsupportedHdfException) {
        return new UnsupportedFeatureException("HDF5 (" + message + "), to " + action + ",", place);
      }
      if (cause instanceof ArithmeticException) {
        return new UnsupportedFeatureException(
            "HDF5 number of more than 31 bits (" + message + "), to " + action + ",", place);
      }
      Matcher address = ADDRESS.matcher(message);
      if (address.find()) {
        place = Origin.of(origin.name(), Long.parseLong(address.group(1)));
      }
      if (cause.getCause() == null) {
        detail = cause.getMessage() == null ? cause.getClass().getSimpleName() : message;
      }
    }
    return broken instanceof StackOverflowError
        ? new CorruptInputException(action, place, "its structures refer to themselves")
        : new CorruptInputException(action, place, "the library says: " + detail, broken);
  }
}
