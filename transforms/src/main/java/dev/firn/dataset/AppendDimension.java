package dev.firn.dataset;

import java.time.Duration;
import java.time.Instant;

/**
 * The dimension an archive grows along: evenly spaced times from a fixed start.
 *
 * @param name its name in the store, {@code init_time} or {@code time}
 * @param start the time at position 0
 * @param every the distance between two positions, whole seconds
 * @param coordinateChunkLength positions in one chunk of the coordinates along this dimension
 */
public record AppendDimension(
    String name, Instant start, Duration every, int coordinateChunkLength) {
  /** Checks that the dimension grows. */
  public AppendDimension {
    if (every.isNegative()
        || every.isZero()
        || !Duration.ofSeconds(every.toSeconds()).equals(every)) {
      throw new ConfigurationException(
          "Invalid append dimension "
              + name
              + ": every is "
              + every
              + ", expected whole seconds above 0");
    }
  }

  /** The time at {@code position}. */
  public Instant at(long position) {
    return start.plusSeconds(Math.multiplyExact(position, every.toSeconds()));
  }

  /**
   * How many positions lie before {@code end}: the length of an archive that ends there, {@code
   * end} excluded.
   */
  public long lengthBefore(Instant end) {
    if (!end.isAfter(start)) {
      return 0;
    }
    Duration span = Duration.between(start, end);
    long whole = span.dividedBy(every);
    return every.multipliedBy(whole).equals(span) ? whole : whole + 1;
  }

  /** The newest position whose time is not after {@code time}, negative before the start. */
  public long floor(Instant time) {
    return Math.floorDiv(Duration.between(start, time).toSeconds(), every.toSeconds());
  }
}
