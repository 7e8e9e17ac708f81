package dev.firn.io.grib;

import java.time.Duration;

/**
 * The time a field's values were averaged, accumulated or otherwise gathered over.
 *
 * @param process how (code table 4.10): 0 average, 1 accumulation, 2 maximum, 3 minimum
 * @param start after the reference time
 * @param end after the reference time, not before {@code start}
 */
public record StatisticalInterval(int process, Duration start, Duration end) {
  /** Checks the order of start and end. */
  public StatisticalInterval {
    if (end.compareTo(start) < 0) {
      throw new IllegalArgumentException("Invalid interval from " + start + " to " + end);
    }
  }
}
