package dev.firn.io.object;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Some of many objects could not be deleted; the others are. */
public final class DeletionException extends IOException {
  private static final long serialVersionUID = 1L;
  private static final int NAMED = 5;

  private final transient Map<ObjectPath, String> failures;

  /** Of the objects of {@code failures} in the store at {@code url}, each with the reason. */
  public DeletionException(String url, Map<ObjectPath, String> failures) {
    super(message(url, failures));
    this.failures = Map.copyOf(failures);
  }

  /** Which objects are still there, and why. */
  public Map<ObjectPath, String> failures() {
    return failures;
  }

  private static String message(String url, Map<ObjectPath, String> failures) {
    String named =
        new LinkedHashMap<>(failures)
            .entrySet().stream()
                .limit(NAMED)
                .map(failure -> "'" + failure.getKey() + "' (" + failure.getValue() + ")")
                .collect(Collectors.joining(", "));
    int others = failures.size() - NAMED;
    return "Cannot delete "
        + named
        + (others > 0 ? " and " + others + " others" : "")
        + " in "
        + url;
  }
}
