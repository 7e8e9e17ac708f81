package dev.firn.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;

/**
 * A made-up weather model that publishes two forecasts as GRIB2 files, with the habits of real
 * ones: when the first forecast is fetched it is not whole yet, and one of its files is replaced
 * later. The same forecasts always have the same bytes.
 */
public final class DemoModel {
  /** The start of the first forecast. */
  public static final Instant FIRST_INIT = Instant.parse("2026-01-01T00:00:00Z");

  /** The start of the second forecast. */
  public static final Instant SECOND_INIT = Instant.parse("2026-01-01T06:00:00Z");

  /** The last lead time: of the first forecast it comes late. */
  public static final Duration LAST_LEAD = Duration.ofHours(36);

  /** The lead time whose file of the first forecast is flawed at first. */
  public static final Duration FLAWED_LEAD = Duration.ofHours(12);

  /** What is wrong in the flawed file: temperatures are this much too low. */
  public static final float FLAW_KELVIN = 4;

  private static final Duration STEP = Duration.ofHours(3);
  private static final DateTimeFormatter DAY = formatter("yyyyMMdd");
  private static final DateTimeFormatter HOUR = formatter("HH");

  private final Path bucket;

  /** A model that publishes into the directory {@code bucket}. */
  public DemoModel(Path bucket) {
    this.bucket = bucket;
  }

  /**
   * What was published.
   *
   * @param files GRIB2 files; each has an inventory
   * @param bytes of files and inventories
   */
  public record Published(int files, long bytes) {
    private Published plus(long fileBytes) {
      return new Published(files + 1, bytes + fileBytes);
    }
  }

  /** Publishes the first forecast: without its last lead time, and with a flawed file. */
  public Published publishFirst() throws IOException {
    Forecast first = new Forecast(new Planet(), FIRST_INIT);
    Published published = new Published(0, 0);
    for (Duration lead = Duration.ZERO; lead.compareTo(LAST_LEAD) < 0; lead = lead.plus(STEP)) {
      Map<ModelField, float[]> fields = first.fields(lead);
      if (lead.equals(FLAWED_LEAD)) {
        float[] temperatures = fields.get(ModelField.TEMPERATURE);
        for (int point = 0; point < temperatures.length; point++) {
          temperatures[point] -= FLAW_KELVIN;
        }
      }
      published = published.plus(write(first, lead, fields));
    }
    return published;
  }

  /**
   * Publishes what was missing of the first forecast, the flawed file again, and the second
   * forecast.
   */
  public Published publishSecond() throws IOException {
    Planet planet = new Planet();
    Forecast first = new Forecast(planet, FIRST_INIT);
    Published published = new Published(0, 0);
    published = published.plus(write(first, FLAWED_LEAD, first.fields(FLAWED_LEAD)));
    published = published.plus(write(first, LAST_LEAD, first.fields(LAST_LEAD)));
    Forecast second = new Forecast(planet, SECOND_INIT);
    for (Duration lead = Duration.ZERO; lead.compareTo(LAST_LEAD) <= 0; lead = lead.plus(STEP)) {
      published = published.plus(write(second, lead, second.fields(lead)));
    }
    return published;
  }

  private long write(Forecast forecast, Duration lead, Map<ModelField, float[]> fields)
      throws IOException {
    return ModelFile.of(forecast.init(), lead, fields).write(file(forecast.init(), lead));
  }

  /** Where the file of a forecast and lead time is. */
  public Path file(Instant init, Duration lead) {
    return bucket
        .resolve("demo." + DAY.format(init))
        .resolve(HOUR.format(init))
        .resolve("atmos")
        .resolve(
            String.format(
                Locale.ROOT, "demo.t%sz.global.1p50.f%03d", HOUR.format(init), lead.toHours()));
  }

  private static DateTimeFormatter formatter(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
  }
}
