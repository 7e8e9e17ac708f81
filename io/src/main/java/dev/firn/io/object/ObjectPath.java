package dev.firn.io.object;

import java.util.regex.Pattern;

/**
 * The name of an object inside an {@link ObjectStore}: segments joined by {@code /}, none of them
 * empty, {@code .} or {@code ..}. The empty path names the root, a prefix of everything.
 *
 * @param value the path without leading or trailing slash
 */
public record ObjectPath(String value) implements Comparable<ObjectPath> {
  /** The prefix of everything in a store. */
  public static final ObjectPath ROOT = new ObjectPath("");

  private static final Pattern SEGMENTS =
      Pattern.compile("(?!\\.{1,2}(/|$))[^/\\u0000]+(/(?!\\.{1,2}(/|$))[^/\\u0000]+)*");

  /** Checks the form; an invalid path cannot be built. */
  public ObjectPath {
    if (!isValid(value)) {
      throw new IllegalArgumentException(
          "Invalid object path '"
              + value
              + "': expected segments joined by '/', none of them empty, '.' or '..'");
    }
  }

  /** Whether there is a path of this value. */
  public static boolean isValid(String value) {
    return value.isEmpty() || SEGMENTS.matcher(value).matches();
  }

  /** The path with {@code relative} below this one. */
  public ObjectPath resolve(String relative) {
    return new ObjectPath(
        value.isEmpty() ? relative : relative.isEmpty() ? value : value + "/" + relative);
  }

  /** The last segment. */
  public String name() {
    return value.substring(value.lastIndexOf('/') + 1);
  }

  /** Whether this path is {@code prefix} or lies below it. */
  public boolean startsWith(ObjectPath prefix) {
    return prefix.value.isEmpty()
        || value.equals(prefix.value)
        || value.startsWith(prefix.value + "/");
  }

  @Override
  public int compareTo(ObjectPath other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
