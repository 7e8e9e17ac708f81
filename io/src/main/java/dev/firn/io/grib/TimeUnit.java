package dev.firn.io.grib;

import dev.firn.io.CorruptInputException;
import dev.firn.io.UnsupportedFeatureException;
import dev.firn.io.bytes.OctetReader;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Code table 4.4: units of time. Months and longer are calendar units. */
enum TimeUnit {
  MINUTE(0, 1, ChronoUnit.MINUTES),
  HOUR(1, 1, ChronoUnit.HOURS),
  DAY(2, 1, ChronoUnit.DAYS),
  MONTH(3, 1, ChronoUnit.MONTHS),
  YEAR(4, 1, ChronoUnit.YEARS),
  DECADE(5, 10, ChronoUnit.YEARS),
  NORMAL(6, 30, ChronoUnit.YEARS),
  CENTURY(7, 100, ChronoUnit.YEARS),
  THREE_HOURS(10, 3, ChronoUnit.HOURS),
  SIX_HOURS(11, 6, ChronoUnit.HOURS),
  TWELVE_HOURS(12, 12, ChronoUnit.HOURS),
  SECOND(13, 1, ChronoUnit.SECONDS);

  private final int code;
  private final int multiple;
  private final ChronoUnit unit;

  TimeUnit(int code, int multiple, ChronoUnit unit) {
    this.code = code;
    this.multiple = multiple;
    this.unit = unit;
  }

  static TimeUnit read(OctetReader section, int octet) {
    int code = section.uint8(octet);
    for (TimeUnit unit : values()) {
      if (unit.code == code) {
        return unit;
      }
    }
    throw new UnsupportedFeatureException(
        "unit of time " + code + " (code table 4.4)", section.origin(octet));
  }

  /** The longest of hour, minute and second that {@code durations} are whole numbers of. */
  static TimeUnit ofWhole(List<Duration> durations) {
    for (TimeUnit candidate : List.of(HOUR, MINUTE)) {
      Duration length = candidate.unit.getDuration();
      if (durations.stream().allMatch(duration -> duration.toSeconds() % length.toSeconds() == 0)) {
        return candidate;
      }
    }
    return SECOND;
  }

  int code() {
    return code;
  }

  /** How many hours, minutes or seconds {@code duration} has. */
  long count(Duration duration) {
    return duration.toSeconds() / unit.getDuration().toSeconds();
  }

  /** The time {@code amount} units after {@code time}. */
  Duration after(Instant time, long amount, OctetReader section, int octet) {
    try {
      Instant later = time.atOffset(ZoneOffset.UTC).plus(amount * multiple, unit).toInstant();
      return Duration.between(time, later);
    } catch (DateTimeException | ArithmeticException e) {
      throw new CorruptInputException(
          "read forecast time", section.origin(octet), "found " + amount + " units of " + this, e);
    }
  }
}
