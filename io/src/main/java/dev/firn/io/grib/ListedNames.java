package dev.firn.io.grib;

import dev.firn.io.field.FixedSurface;
import dev.firn.io.field.Level;
import dev.firn.io.field.ReducedGrid;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.OptionalDouble;

/** The properties of a field under the names ecCodes' {@code grib_ls} gives them. */
final class ListedNames {
  private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuuMMdd");
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HHmm");
  private static final int PASCALS_PER_HECTOPASCAL = 100;
  private static final Map<Integer, String> GRIDS =
      Map.of(
          0, "regular_ll",
          1, "rotated_ll",
          10, "mercator",
          12, "transverse_mercator",
          20, "polar_stereographic",
          30, "lambert",
          31, "albers",
          40, "regular_gg",
          90, "space_view",
          140, "lambert_azimuthal_equal_area");
  private static final Map<Integer, String> REDUCED = Map.of(0, "reduced_ll", 40, "reduced_gg");
  private static final Map<Integer, String> PACKINGS =
      Map.ofEntries(
          Map.entry(0, "grid_simple"),
          Map.entry(2, "grid_complex"),
          Map.entry(3, "grid_complex_spatial_differencing"),
          Map.entry(4, "grid_ieee"),
          Map.entry(40, "grid_jpeg"),
          Map.entry(41, "grid_png"),
          Map.entry(42, "grid_ccsds"),
          Map.entry(50, "spectral_simple"),
          Map.entry(51, "spectral_complex"),
          Map.entry(61, "grid_simple_log_preprocessing"),
          Map.entry(200, "grid_run_length"));
  private static final Map<Integer, String> DATA_TYPES =
      Map.of(0, "an", 1, "fc", 2, "af", 3, "cf", 4, "pf", 5, "cp", 6, "sa", 7, "ra");

  private final GribField field;
  private final GribNames names;

  ListedNames(GribField field, GribNames names) {
    this.field = field;
    this.names = names;
  }

  void addName(Map<String, Object> properties) {
    names
        .parameter(field.product())
        .ifPresent(
            name -> {
              properties.put("shortName", name.shortName());
              properties.put("name", name.name());
              properties.put("unit", name.unit());
            });
  }

  /** What can be said whatever templates the message has. */
  void addPlain(Map<String, Object> properties) {
    properties.put("dataDate", DATE.format(field.referenceTime().atOffset(ZoneOffset.UTC)));
    properties.put("dataTime", TIME.format(field.referenceTime().atOffset(ZoneOffset.UTC)));
    int type = field.product().typeOfData();
    properties.put("dataType", DATA_TYPES.getOrDefault(type, String.valueOf(type)));
    int packing = field.dataTemplate();
    properties.put("packingType", PACKINGS.getOrDefault(packing, "template_5." + packing));
  }

  void addProduct(Map<String, Object> properties) {
    Level level = field.level();
    names
        .levelType(level, field.product().centre())
        .ifPresent(
            type -> {
              properties.put("typeOfLevel", type);
              properties.put("levelValue", levelValue(level, type.equals("isobaricInhPa")));
            });
    properties.put("stepRange", stepRange());
  }

  /** The first surface's value, and the second's where it is in the same unit. */
  private static String levelValue(Level level, boolean inHectopascals) {
    double unit = inHectopascals ? PASCALS_PER_HECTOPASCAL : 1;
    String first = number(level.first().value(), unit);
    return level
        .second()
        .filter(second -> second.type() == level.first().type())
        .map(FixedSurface::value)
        .map(value -> first + "-" + number(value, unit))
        .orElse(first);
  }

  private static String number(OptionalDouble value, double unit) {
    double number = value.orElse(0) / unit;
    return number == Math.rint(number) ? String.valueOf((long) number) : String.valueOf(number);
  }

  /** Lead times in hours, or with {@code m} or {@code s} in minutes or seconds where they must. */
  private String stepRange() {
    Duration end = field.leadTime();
    Duration start = field.interval().map(StatisticalInterval::start).orElse(end);
    long both = Math.floorMod(start.toSeconds(), 3600L) | Math.floorMod(end.toSeconds(), 3600L);
    boolean isMinutes = start.toSeconds() % 60 == 0 && end.toSeconds() % 60 == 0;
    long unit = both == 0 ? 3600 : isMinutes ? 60 : 1;
    String suffix = both == 0 ? "" : isMinutes ? "m" : "s";
    String last = end.toSeconds() / unit + suffix;
    return field.interval().isPresent() && !start.equals(end)
        ? start.toSeconds() / unit + suffix + "-" + last
        : last;
  }

  void addGrid(Map<String, Object> properties) {
    Map<Integer, String> types = field.grid() instanceof ReducedGrid ? REDUCED : GRIDS;
    properties.put("gridType", types.getOrDefault(field.gridTemplate(), "unstructured_grid"));
  }
}
