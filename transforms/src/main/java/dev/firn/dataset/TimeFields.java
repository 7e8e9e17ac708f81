package dev.firn.dataset;

import static java.time.temporal.ChronoField.DAY_OF_MONTH;
import static java.time.temporal.ChronoField.DAY_OF_YEAR;
import static java.time.temporal.ChronoField.HOUR_OF_DAY;
import static java.time.temporal.ChronoField.MINUTE_OF_DAY;
import static java.time.temporal.ChronoField.MINUTE_OF_HOUR;
import static java.time.temporal.ChronoField.MONTH_OF_YEAR;
import static java.time.temporal.ChronoField.SECOND_OF_MINUTE;
import static java.time.temporal.ChronoField.YEAR;

import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalUnit;
import java.util.Map;

/** The times that have some fields, in UTC. */
final class TimeFields {
  /** By how many days at most months of different length shift a time that is moved by some. */
  private static final Period UNEVEN_MONTHS = Period.ofDays(3);

  private static final TimeSpan NEVER =
      new TimeSpan(TimeSpan.ALWAYS.from(), TimeSpan.ALWAYS.from());

  private TimeFields() {}

  /**
   * The times of which others, {@code later}, have these fields; and maybe more, never fewer.
   * Fields below one that is not known are not used.
   *
   * @param later an ISO 8601 duration, empty for none
   */
  static TimeSpan span(Map<ChronoField, Integer> fields, String later) {
    if (!fields.containsKey(YEAR)) {
      return TimeSpan.ALWAYS;
    }
    int year = fields.get(YEAR);
    Integer month = fields.get(MONTH_OF_YEAR);
    Integer day = fields.get(DAY_OF_MONTH);
    if (fields.containsKey(DAY_OF_YEAR)) {
      int dayOfYear = fields.get(DAY_OF_YEAR);
      return dayOfYear > Year.of(year).length()
          ? NEVER
          : withinDay(LocalDate.ofYearDay(year, dayOfYear), fields, later);
    }
    if (month == null) {
      return from(LocalDate.of(year, 1, 1).atStartOfDay(), ChronoUnit.YEARS, later);
    }
    if (day == null) {
      return from(LocalDate.of(year, month, 1).atStartOfDay(), ChronoUnit.MONTHS, later);
    }
    return YearMonth.of(year, month).isValidDay(day)
        ? withinDay(LocalDate.of(year, month, day), fields, later)
        : NEVER;
  }

  private static TimeSpan withinDay(
      LocalDate date, Map<ChronoField, Integer> fields, String later) {
    LocalDateTime start = date.atStartOfDay();
    if (fields.containsKey(MINUTE_OF_DAY)) {
      return from(start.plusMinutes(fields.get(MINUTE_OF_DAY)), ChronoUnit.MINUTES, later);
    }
    if (!fields.containsKey(HOUR_OF_DAY)) {
      return from(start, ChronoUnit.DAYS, later);
    }
    LocalDateTime hour = start.plusHours(fields.get(HOUR_OF_DAY));
    if (!fields.containsKey(MINUTE_OF_HOUR)) {
      return from(hour, ChronoUnit.HOURS, later);
    }
    LocalDateTime minute = hour.plusMinutes(fields.get(MINUTE_OF_HOUR));
    return fields.containsKey(SECOND_OF_MINUTE)
        ? from(minute.plusSeconds(fields.get(SECOND_OF_MINUTE)), ChronoUnit.SECONDS, later)
        : from(minute, ChronoUnit.MINUTES, later);
  }

  private static TimeSpan from(LocalDateTime start, TemporalUnit length, String later) {
    LocalDateTime from = start;
    LocalDateTime until = start.plus(1, length);
    if (later.contains("T")) {
      from = from.minus(Duration.parse(later));
      until = until.minus(Duration.parse(later));
    } else if (!later.isEmpty()) {
      from = from.minus(Period.parse(later)).minus(UNEVEN_MONTHS);
      until = until.minus(Period.parse(later)).plus(UNEVEN_MONTHS);
    }
    return new TimeSpan(from.toInstant(ZoneOffset.UTC), until.toInstant(ZoneOffset.UTC));
  }
}
