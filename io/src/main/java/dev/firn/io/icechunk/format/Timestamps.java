package dev.firn.io.icechunk.format;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Points in time as the format has them: microseconds since 1970, not before. */
final class Timestamps {
  private Timestamps() {}

  static Instant check(Instant time) {
    if (time.isBefore(Instant.EPOCH)) {
      throw new IllegalArgumentException("Invalid time " + time + ", expected 1970 or later");
    }
    return time.truncatedTo(ChronoUnit.MICROS);
  }

  static long micros(Instant time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }

  static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }
}
