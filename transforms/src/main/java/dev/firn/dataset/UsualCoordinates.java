package dev.firn.dataset;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.dataset.CoordinateSpec.Values;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The coordinates that an archive of some dimensions has unless its definition says otherwise, with
 * the usual names and attributes.
 */
final class UsualCoordinates {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final String PRESENT = "Present";

  private final AppendDimension append;
  private final List<DimensionSpec> dimensions;
  private final List<CoordinateSpec> coordinates = new ArrayList<>();

  private UsualCoordinates(AppendDimension append, List<DimensionSpec> dimensions) {
    this.append = append;
    this.dimensions = dimensions;
  }

  /**
   * The coordinates of the dimensions, of the grid's points where {@code gridMapping} is that of a
   * map, and those that every forecast has.
   */
  static List<CoordinateSpec> of(
      AppendDimension append, List<DimensionSpec> dimensions, Optional<ObjectNode> gridMapping) {
    UsualCoordinates usual = new UsualCoordinates(append, dimensions);
    Optional<DimensionSpec.LeadTimes> leads =
        dimensions.stream()
            .filter(DimensionSpec.LeadTimes.class::isInstance)
            .map(DimensionSpec.LeadTimes.class::cast)
            .findFirst();
    usual.addAppendTimes(leads.isPresent());
    dimensions.forEach(usual::addDimension);
    gridMapping.ifPresent(usual::addGridMapping);
    leads.ifPresent(usual::addForecastCoordinates);
    return usual.coordinates;
  }

  private void addAppendTimes(boolean forecasts) {
    ObjectNode attributes =
        forecasts
            ? named("Forecast initialization time", "forecast_reference_time")
            : named("Time", "time").put("axis", "T");
    limits(attributes).put("min", TIME.format(append.start())).put("max", PRESENT);
    add(append.name(), List.of(append.name()), Values.APPEND_TIMES, attributes);
  }

  private void addDimension(DimensionSpec dimension) {
    List<String> along = List.of(dimension.name());
    if (dimension instanceof DimensionSpec.Axis axis) {
      add(dimension.name(), along, Values.AXIS, axis(axis));
    } else if (dimension instanceof DimensionSpec.LeadTimes leads) {
      ObjectNode attributes = named("Forecast lead time", "forecast_period");
      limits(attributes).put("min", text(leads.values().get(0))).put("max", text(leads.last()));
      add(dimension.name(), along, Values.LEAD_TIMES, attributes);
    } else if (dimension instanceof DimensionSpec.Members members) {
      ObjectNode attributes = named("Ensemble member", "realization").put("units", "1");
      limits(attributes).put("min", 0).put("max", members.length() - 1);
      add(dimension.name(), along, Values.MEMBERS, attributes);
    }
  }

  private static ObjectNode axis(DimensionSpec.Axis axis) {
    ObjectNode attributes =
        switch (axis.name()) {
          case "latitude" ->
              named("Latitude", "latitude").put("axis", "Y").put("units", "degree_north");
          case "longitude" ->
              named("Longitude", "longitude").put("axis", "X").put("units", "degree_east");
          case "y" ->
              named("Y coordinate of projection", "projection_y_coordinate")
                  .put("axis", "Y")
                  .put("units", "m");
          case "x" ->
              named("X coordinate of projection", "projection_x_coordinate")
                  .put("axis", "X")
                  .put("units", "m");
          default -> JsonNodeFactory.instance.objectNode();
        };
    limits(attributes)
        .put("min", Math.min(axis.first(), axis.last()))
        .put("max", Math.max(axis.first(), axis.last()));
    return attributes;
  }

  private void addGridMapping(ObjectNode gridMapping) {
    add("spatial_ref", List.of(), Values.GRID_MAPPING, gridMapping);
    if (new GridMapping(gridMapping).projection().isPresent()) {
      List<String> grid =
          dimensions.stream()
              .filter(DimensionSpec.Axis.class::isInstance)
              .map(DimensionSpec::name)
              .toList();
      add(
          "latitude",
          grid,
          Values.LATITUDES,
          named("Latitude", "latitude").put("units", "degree_north"));
      add(
          "longitude",
          grid,
          Values.LONGITUDES,
          named("Longitude", "longitude").put("units", "degree_east"));
    }
  }

  private void addForecastCoordinates(DimensionSpec.LeadTimes leads) {
    ObjectNode valid = named("Valid time", "time");
    limits(valid)
        .put("min", TIME.format(append.start()))
        .put("max", PRESENT + " + " + span(leads.last()));
    add("valid_time", List.of(append.name(), leads.name()), Values.VALID_TIMES, valid);
    addLength("ingested_forecast_length", "Ingested", Values.INGESTED_FORECAST_LENGTH, leads);
    addLength("expected_forecast_length", "Expected", Values.EXPECTED_FORECAST_LENGTH, leads);
  }

  private void addLength(
      String name, String participle, Values values, DimensionSpec.LeadTimes leads) {
    ObjectNode attributes = JsonNodeFactory.instance.objectNode();
    attributes.put("long_name", participle + " forecast length");
    limits(attributes).put("min", text(Duration.ZERO)).put("max", text(leads.last()));
    add(name, List.of(append.name()), values, attributes);
  }

  private void add(String name, List<String> along, Values values, ObjectNode attributes) {
    coordinates.add(new CoordinateSpec(name, along, values, attributes, OptionalInt.empty()));
  }

  private static ObjectNode named(String longName, String standardName) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("long_name", longName)
        .put("standard_name", standardName);
  }

  private static ObjectNode limits(ObjectNode attributes) {
    return attributes.putObject("statistics_approximate");
  }

  /** "16 days 00:00:00". */
  private static String text(Duration duration) {
    return String.format(
        Locale.ROOT,
        "%d days %02d:%02d:%02d",
        duration.toDays(),
        duration.toHoursPart(),
        duration.toMinutesPart(),
        duration.toSecondsPart());
  }

  /** "16 days", or "18 hours". */
  private static String span(Duration duration) {
    return duration.toHours() % 24 == 0
        ? duration.toDays() + " days"
        : duration.toHours() + " hours";
  }
}
