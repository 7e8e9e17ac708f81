package dev.firn.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** One forecast of the model: values, in GRIB's units, for every field and lead time. */
final class Forecast {
  /** The midnight that the planet's patterns count hours from. */
  private static final Instant EPOCH = Instant.parse("2026-01-01T00:00:00Z");

  private static final double DRIFT_PER_HOUR = 0.006;
  private static final double RAIN_STEPS_PER_MILLIMETRE = 64;

  private final Planet planet;
  private final Instant init;

  Forecast(Planet planet, Instant init) {
    this.planet = planet;
    this.init = init;
  }

  Instant init() {
    return init;
  }

  /** The values of all fields that a file for {@code lead} has. */
  Map<ModelField, float[]> fields(Duration lead) {
    Atmosphere now = atmosphere((double) lead.toHours());
    double[][] wind = now.wind();
    Map<ModelField, float[]> fields = new EnumMap<>(ModelField.class);
    fields.put(ModelField.PRESSURE, values(now::pressure));
    fields.put(ModelField.TEMPERATURE, values(now::temperature));
    fields.put(ModelField.HUMIDITY, values(now::humidity));
    fields.put(ModelField.EASTWARD_WIND, values(point -> wind[0][point]));
    fields.put(ModelField.NORTHWARD_WIND, values(point -> wind[1][point]));
    fields.put(ModelField.OROGRAPHY, values(planet::heightMetres));
    fields.put(ModelField.CLOUD_COVER, values(now::cloudCover));
    if (!lead.isZero()) {
      List<Atmosphere> window = window(lead);
      fields.put(ModelField.PRECIPITATION, values(point -> total(window, point)));
      fields.put(
          ModelField.MEAN_CLOUD_COVER,
          values(point -> sum(window, a -> a.cloudCover(point)) / window.size()));
      fields.put(
          ModelField.MAXIMUM_TEMPERATURE,
          values(point -> window.stream().mapToDouble(a -> a.temperature(point)).max().orElse(0)));
    }
    return fields;
  }

  /** The middle of each hour of the interval that ends at {@code lead}. */
  private List<Atmosphere> window(Duration lead) {
    List<Atmosphere> window = new ArrayList<>();
    for (long hour = ModelField.windowStart(lead); hour < lead.toHours(); hour++) {
      window.add(atmosphere(hour + 0.5));
    }
    return window;
  }

  /** Storms fall behind while a forecast goes on, so that the next forecast differs. */
  private Atmosphere atmosphere(double leadHours) {
    double hours = Duration.between(EPOCH, init).toMinutes() / 60.0 + leadHours;
    return new Atmosphere(planet, hours, DRIFT_PER_HOUR * leadHours);
  }

  /** The rain of each hour is a whole number of steps, as rain gauges have it. */
  private static double total(List<Atmosphere> window, int point) {
    return sum(
        window,
        hour ->
            Math.rint(hour.rain(point) * RAIN_STEPS_PER_MILLIMETRE) / RAIN_STEPS_PER_MILLIMETRE);
  }

  private static double sum(List<Atmosphere> window, ToDoubleFunction<Atmosphere> value) {
    double sum = 0;
    for (Atmosphere hour : window) {
      sum += value.applyAsDouble(hour);
    }
    return sum;
  }

  private interface PointValue {
    double at(int point);
  }

  private static float[] values(PointValue value) {
    float[] values = new float[Planet.GRID.points()];
    for (int point = 0; point < values.length; point++) {
      values[point] = (float) value.at(point);
    }
    return values;
  }
}
