package dev.firn.demo;

import dev.firn.io.field.FixedSurface;
import dev.firn.io.field.Level;
import dev.firn.io.field.Parameter;
import dev.firn.io.grib.Packing;
import dev.firn.io.grib.StatisticalInterval;
import java.time.Duration;
import java.util.Optional;

/**
 * The fields in a file of the model, in their order, as GRIB and the inventory name them. The
 * archive does not want all of them.
 */
enum ModelField {
  PRESSURE("PRMSL", "mean sea level", 3, 1),
  TEMPERATURE("TMP", "2 m above ground", 0, 0),
  HUMIDITY("RH", "2 m above ground", 1, 1),
  MAXIMUM_TEMPERATURE("TMAX", "2 m above ground", 0, 4),
  EASTWARD_WIND("UGRD", "10 m above ground", 2, 2),
  NORTHWARD_WIND("VGRD", "10 m above ground", 2, 3),
  OROGRAPHY("HGT", "surface", 3, 5),
  PRECIPITATION("APCP", "surface", 1, 8),
  CLOUD_COVER("TCDC", "entire atmosphere", 6, 1),
  MEAN_CLOUD_COVER("TCDC", "entire atmosphere", 6, 1);

  private static final int RESET_HOURS = 6;
  private static final int AVERAGE = 0;
  private static final int ACCUMULATION = 1;
  private static final int MAXIMUM = 2;

  private final String element;
  private final String levelText;
  private final int category;
  private final int number;

  ModelField(String element, String levelText, int category, int number) {
    this.element = element;
    this.levelText = levelText;
    this.category = category;
    this.number = number;
  }

  String element() {
    return element;
  }

  String levelText() {
    return levelText;
  }

  Parameter parameter() {
    return new Parameter(0, category, number);
  }

  Level level() {
    return Level.at(
        switch (this) {
          case TEMPERATURE, HUMIDITY, MAXIMUM_TEMPERATURE -> FixedSurface.of(103, 2);
          case EASTWARD_WIND, NORTHWARD_WIND -> FixedSurface.of(103, 10);
          case PRESSURE -> FixedSurface.of(101);
          case OROGRAPHY, PRECIPITATION -> FixedSurface.of(1);
          case CLOUD_COVER, MEAN_CLOUD_COVER -> FixedSurface.of(10);
        });
  }

  /** How values are packed: the smooth fields in differences. */
  Packing packing() {
    return switch (this) {
      case PRESSURE, TEMPERATURE, MAXIMUM_TEMPERATURE, OROGRAPHY ->
          Packing.spatialDifferencing(2, 15, 1);
      case EASTWARD_WIND, NORTHWARD_WIND -> Packing.spatialDifferencing(1, 12, 1);
      case PRECIPITATION -> Packing.simple(16, 0);
      case HUMIDITY, CLOUD_COVER, MEAN_CLOUD_COVER -> Packing.simple(10, 1);
    };
  }

  /** Whether it stands for the time since the last of 00, 06, 12 and 18 UTC. */
  boolean isStatistical() {
    return this == PRECIPITATION || this == MEAN_CLOUD_COVER || this == MAXIMUM_TEMPERATURE;
  }

  /** The interval it stands for; a field of a moment has none, as nothing has at the start. */
  Optional<StatisticalInterval> interval(Duration lead) {
    return isStatistical()
        ? Optional.of(new StatisticalInterval(process(), Duration.ofHours(windowStart(lead)), lead))
        : Optional.empty();
  }

  /** The hour of the forecast at which the interval that ends at {@code lead} begins. */
  static long windowStart(Duration lead) {
    return lead.isZero() ? 0 : (lead.toHours() - 1) / RESET_HOURS * RESET_HOURS;
  }

  /** The time as the inventory has it. */
  String windowText(Duration lead) {
    if (isStatistical()) {
      return windowStart(lead) + "-" + lead.toHours() + " hour " + word() + " fcst";
    }
    return lead.isZero() ? "anl" : lead.toHours() + " hour fcst";
  }

  private int process() {
    return switch (this) {
      case PRECIPITATION -> ACCUMULATION;
      case MAXIMUM_TEMPERATURE -> MAXIMUM;
      default -> AVERAGE;
    };
  }

  private String word() {
    return switch (process()) {
      case ACCUMULATION -> "acc";
      case MAXIMUM -> "max";
      default -> "ave";
    };
  }
}
