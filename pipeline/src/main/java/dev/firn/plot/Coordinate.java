package dev.firn.plot;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.dataset.ConfigurationException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The values along a dimension that is not on the map, as people write them: a time in UTC, a
 * duration like {@code 24h}, or a number. Units of time are read as the CF conventions have them.
 */
final class Coordinate {
  private static final Pattern UNITS =
      Pattern.compile("(seconds|minutes|hours|days)( since (\\d{4}-\\d{2}-\\d{2}).*)?");
  private static final Pattern DURATION = Pattern.compile("(-?\\d+(?:\\.\\d+)?)([smhd])");
  private static final String START_OF_DAY = "0000-00-00T00:00:00";
  private static final DateTimeFormatter EXACT = formatter("uuuu-MM-dd'T'HH:mm:ss");
  private static final DateTimeFormatter SHORT = formatter("uuuu-MM-dd HH:mm 'UTC'");

  private final String name;
  private final double[] values;
  private final Optional<ChronoUnit> timeUnit;
  private final Optional<Instant> epoch;

  private Coordinate(
      String name, double[] values, Optional<ChronoUnit> timeUnit, Optional<Instant> epoch) {
    this.name = name;
    this.values = values;
    this.timeUnit = timeUnit;
    this.epoch = epoch;
  }

  /** The coordinate of a dimension, with the attributes of its array. */
  static Coordinate of(String name, double[] values, ObjectNode attributes) {
    Matcher units = UNITS.matcher(attributes.path("units").asText());
    if (!units.matches()) {
      return new Coordinate(name, values, Optional.empty(), Optional.empty());
    }
    return new Coordinate(
        name,
        values,
        Optional.of(ChronoUnit.valueOf(units.group(1).toUpperCase(Locale.ROOT))),
        Optional.ofNullable(units.group(3))
            .map(day -> LocalDate.parse(day).atStartOfDay(ZoneOffset.UTC).toInstant()));
  }

  String name() {
    return name;
  }

  int length() {
    return values.length;
  }

  /**
   * The index that {@code text} means: a whole number is an index itself, from the end if negative;
   * anything else is a value.
   */
  int indexOf(String text) {
    if (text.matches("-?\\d{1,9}")) {
      int index = Integer.parseInt(text);
      int counted = index < 0 ? index + values.length : index;
      if (counted < 0 || counted >= values.length) {
        throw new ConfigurationException(
            "Invalid index %d of %s: it has %d values".formatted(index, name, values.length));
      }
      return counted;
    }
    for (int index = 0; index < values.length; index++) {
      if (is(index, text)) {
        return index;
      }
    }
    throw new ConfigurationException(
        "Invalid value '%s' of %s: it goes from %s to %s"
            .formatted(text, name, label(0), label(values.length - 1)));
  }

  private boolean is(int index, String text) {
    if (epoch.isPresent()) {
      String local = text.endsWith("Z") ? text.substring(0, text.length() - 1) : text;
      String padding = START_OF_DAY.substring(Math.min(local.length(), START_OF_DAY.length()));
      return EXACT.format(time(index).orElseThrow()).equals(local.replace(' ', 'T') + padding);
    }
    Matcher duration = DURATION.matcher(text);
    if (timeUnit.isPresent() && duration.matches()) {
      double seconds = Double.parseDouble(duration.group(1)) * seconds(duration.group(2));
      return seconds == duration(index).orElseThrow().toSeconds();
    }
    return text.matches("-?\\d*\\.?\\d+") && Double.parseDouble(text) == values[index];
  }

  private static int seconds(String unit) {
    return switch (unit) {
      case "s" -> 1;
      case "m" -> 60;
      case "h" -> 3600;
      default -> 86400;
    };
  }

  /** The time at {@code index}, if these are times. */
  Optional<Instant> time(int index) {
    return epoch.map(start -> start.plus(elapsed(index)));
  }

  /** The duration at {@code index}, if these are durations. */
  Optional<Duration> duration(int index) {
    return timeUnit.isPresent() && epoch.isEmpty() ? Optional.of(elapsed(index)) : Optional.empty();
  }

  private Duration elapsed(int index) {
    double seconds = values[index] * timeUnit.orElseThrow().getDuration().toSeconds();
    return Duration.ofSeconds(Math.round(seconds));
  }

  /** The value at {@code index}, without the coordinate's name. */
  String label(int index) {
    Optional<String> time = time(index).map(Coordinate::text);
    Optional<String> duration = duration(index).map(Coordinate::text);
    return time.or(() -> duration).orElse(name + " " + values[index]);
  }

  static String text(Instant time) {
    return SHORT.format(time);
  }

  static String text(Duration duration) {
    return duration.toSeconds() % 3600 == 0
        ? duration.toHours() + " h"
        : duration.toMinutes() + " min";
  }

  private static DateTimeFormatter formatter(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
  }
}
