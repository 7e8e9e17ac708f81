package dev.firn.dataset;

import dev.firn.io.field.FixedSurface;
import dev.firn.io.field.Level;
import dev.firn.io.field.Parameter;
import dev.firn.io.grib.GribProduct;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How a variable's fields are found in a source file's inventory, and what their messages must say.
 *
 * @param element the inventory's name of the parameter
 * @param levelText the inventory's name of the level
 * @param parameter the parameter's numbers in the message
 * @param level the level in the message
 * @param window the time that a value stands for
 * @param firstOfDuplicates whether the first of several lines that match counts; otherwise there
 *     must be one
 */
public record FieldMatch(
    String element,
    String levelText,
    Parameter parameter,
    Level level,
    Window window,
    boolean firstOfDuplicates) {

  /**
   * How {@code field} differs from the field wanted: "parameter 0-0-0, expected 0-3-0"; empty when
   * it is the one. A surface that is wanted without a value may have any.
   */
  public Optional<String> difference(GribProduct field, Instant init, Duration lead) {
    if (!field.parameter().equals(parameter)) {
      return differs("parameter", field.parameter(), parameter);
    }
    if (!matches(field.level())) {
      return differs("level", field.level(), level);
    }
    if (!field.referenceTime().equals(init)) {
      return differs("reference time", field.referenceTime(), init);
    }
    if (!field.leadTime().equals(lead)) {
      return differs("lead time", field.leadTime(), lead);
    }
    return field.interval().equals(window.interval(lead))
        ? Optional.empty()
        : differs("statistical interval", field.interval(), window.interval(lead));
  }

  private static Optional<String> differs(String what, Object found, Object expected) {
    return Optional.of("message has " + what + " " + found + ", expected " + expected);
  }

  private boolean matches(Level found) {
    return matches(level.first(), found.first())
        && level.second().isPresent() == found.second().isPresent()
        && (level.second().isEmpty() || matches(level.second().get(), found.second().get()));
  }

  private static boolean matches(FixedSurface wanted, FixedSurface found) {
    return wanted.type() == found.type()
        && (wanted.value().isEmpty() || wanted.value().equals(found.value()));
  }
}
