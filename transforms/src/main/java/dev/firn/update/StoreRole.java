package dev.firn.update;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part a store plays in an update: {@code primary}, {@code replica-0}, {@code replica-1}, ….
 *
 * @param number 0 for the primary, then the replicas in the order they were given
 */
public record StoreRole(int number) implements Comparable<StoreRole> {
  /** The store that decides what the next update must do. */
  public static final StoreRole PRIMARY = new StoreRole(0);

  private static final Pattern FORM = Pattern.compile("primary|replica-(\\d{1,4})");

  /** The replica that was given as number {@code index}, counted from 0. */
  public static StoreRole replica(int index) {
    return new StoreRole(index + 1);
  }

  /** Reads what {@link #toString} wrote. */
  public static StoreRole parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "Invalid store role '" + text + "': expected primary or replica-N");
    }
    return matcher.group(1) == null ? PRIMARY : replica(Integer.parseInt(matcher.group(1)));
  }

  @Override
  public int compareTo(StoreRole other) {
    return Integer.compare(number, other.number);
  }

  @Override
  public String toString() {
    return number == 0 ? "primary" : "replica-" + (number - 1);
  }
}
