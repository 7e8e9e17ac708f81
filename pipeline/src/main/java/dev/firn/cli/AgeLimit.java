package dev.firn.cli;

import dev.firn.dataset.ConfigurationException;
import dev.firn.io.icechunk.maintenance.StoreClock;
import dev.firn.io.object.ObjectStore;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * How old what is given up must be: an age by the store's clock ({@code 30d}, {@code 36h}, {@code
 * P30D}), or a time as {@link UserTime} has it.
 *
 * @param age the age
 * @param time the time, when no age is given
 */
record AgeLimit(Optional<Duration> age, Instant time) {
  /**
   * What is younger may be needed by an open session or an update that is not done: nobody resumes
   * an update after a week.
   */
  static final Duration LEAST = Duration.ofDays(9);

  private static final Pattern SHORT = Pattern.compile("(\\d{1,9})([smhdw])");

  /** Reads one. */
  static final class Converter implements ITypeConverter<AgeLimit> {
    @Override
    public AgeLimit convert(String text) {
      try {
        Optional<Duration> age = age(text);
        return new AgeLimit(age, age.isPresent() ? Instant.EPOCH : new UserTime().convert(text));
      } catch (DateTimeException | ConfigurationException malformed) {
        throw new TypeConversionException(
            "'"
                + text
                + "' is neither an age like 30d, 36h or P30D, nor a UTC time like 2026-07-24T06:00");
      }
    }

    private static Optional<Duration> age(String text) {
      if (text.startsWith("P")) {
        return Optional.of(Duration.parse(text));
      }
      Matcher matcher = SHORT.matcher(text);
      if (!matcher.matches()) {
        return Optional.empty();
      }
      long number = Long.parseLong(matcher.group(1));
      return Optional.of(
          switch (matcher.group(2)) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            case "d" -> Duration.ofDays(number);
            default -> Duration.ofDays(7 * number);
          });
    }
  }

  /** The time, whatever it is. */
  Instant of(ObjectStore store) throws IOException {
    return age.isPresent() ? StoreClock.now(store).minus(age.get()) : time;
  }

  /**
   * The time.
   *
   * @throws RefusedException when it is too near
   */
  Instant ofGuarded(ObjectStore store) throws IOException {
    Instant now = StoreClock.now(store);
    Instant limit = age.map(now::minus).orElse(time);
    if (limit.isAfter(now.minus(LEAST))) {
      throw new RefusedException(
          "changed",
          "the limit "
              + limit
              + " is less than "
              + LEAST.toDays()
              + " days ago: open sessions and unfinished updates may need what is younger;"
              + " --force does it all the same");
    }
    return limit;
  }
}
