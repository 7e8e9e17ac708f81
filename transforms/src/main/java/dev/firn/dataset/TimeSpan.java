package dev.firn.dataset;

import java.time.Duration;
import java.time.Instant;

/**
 * The times from one to another.
 *
 * @param from the first
 * @param until the first that is not among them any more
 */
record TimeSpan(Instant from, Instant until) {
  /** All times that can be written with a year of four digits. */
  static final TimeSpan ALWAYS =
      new TimeSpan(Instant.parse("0001-01-01T00:00:00Z"), Instant.parse("9999-12-31T00:00:00Z"));

  boolean isEmpty() {
    return !from.isBefore(until);
  }

  /** Whether it is limited on both sides. */
  boolean hasEnds() {
    return from.isAfter(ALWAYS.from) && until.isBefore(ALWAYS.until);
  }

  boolean contains(Instant time) {
    return !time.isBefore(from) && time.isBefore(until);
  }

  /** The times of both. */
  TimeSpan and(TimeSpan other) {
    return new TimeSpan(
        from.isAfter(other.from) ? from : other.from,
        until.isBefore(other.until) ? until : other.until);
  }

  /** The times so much after these: from the shortest distance to the longest. */
  TimeSpan later(Duration shortest, Duration longest) {
    return new TimeSpan(from.plus(shortest), until.plus(longest));
  }
}
