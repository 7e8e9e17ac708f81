package dev.firn.dataset;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.dataset.CoordinateSpec.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Reads a definition's coordinates: the usual ones of its dimensions, in the definition only what
 * differs or is new.
 */
final class CoordinateParser {
  private final AppendDimension append;
  private final List<DimensionSpec> dimensions;

  CoordinateParser(AppendDimension append, List<DimensionSpec> dimensions) {
    this.append = append;
    this.dimensions = dimensions;
  }

  List<CoordinateSpec> parse(Definition root) {
    Map<String, CoordinateSpec> coordinates = new LinkedHashMap<>();
    for (CoordinateSpec usual :
        UsualCoordinates.of(append, dimensions, root.optional("crs", key -> crs(root, key)))) {
      coordinates.put(usual.name(), usual);
    }
    if (root.has("coordinates")) {
      root.children("coordinates")
          .forEach(
              (name, definition) ->
                  coordinates.put(
                      name,
                      definition.complete(
                          coordinate(
                              name, definition, Optional.ofNullable(coordinates.get(name))))));
    }
    return new ArrayList<>(coordinates.values());
  }

  private static ObjectNode crs(Definition root, String key) {
    if (!root.isText(key)) {
      return ReferenceSystems.gridMapping(root.attributes(key));
    }
    return ReferenceSystems.find(root.text(key))
        .map(ReferenceSystems::gridMapping)
        .orElseThrow(() -> root.invalid(key, "a mapping or one of " + ReferenceSystems.names()));
  }

  private CoordinateSpec coordinate(
      String name, Definition definition, Optional<CoordinateSpec> usual) {
    Values values =
        usual.isPresent() && !definition.has("values")
            ? usual.get().values()
            : definition.choice("values", Values.class);
    ObjectNode attributes =
        usual
            .filter(coordinate -> coordinate.values() == values)
            .map(coordinate -> coordinate.attributes().deepCopy())
            .orElseGet(JsonNodeFactory.instance::objectNode);
    if (definition.has("attributes")) {
      attributes.setAll(definition.attributes("attributes"));
    }
    return new CoordinateSpec(
        name,
        along(name, values, definition),
        values,
        attributes,
        definition
            .optional("blosc_typesize", definition::integer)
            .map(OptionalInt::of)
            .orElse(OptionalInt.empty()));
  }

  private List<String> along(String name, Values values, Definition definition) {
    return switch (values) {
      case APPEND_TIMES, EXPECTED_FORECAST_LENGTH -> List.of(append.name());
      case INGESTED_FORECAST_LENGTH ->
          definition.optional("per_member", definition::flag).orElse(false)
              ? List.of(append.name(), dimension(DimensionSpec.Members.class, definition))
              : List.of(append.name());
      case VALID_TIMES ->
          List.of(append.name(), dimension(DimensionSpec.LeadTimes.class, definition));
      case LEAD_TIMES -> List.of(dimension(DimensionSpec.LeadTimes.class, definition));
      case MEMBERS -> List.of(dimension(DimensionSpec.Members.class, definition));
      case AXIS -> List.of(name);
      case LATITUDES, LONGITUDES ->
          dimensions.stream()
              .filter(DimensionSpec.Axis.class::isInstance)
              .map(DimensionSpec::name)
              .toList();
      case GRID_MAPPING -> List.of();
    };
  }

  private String dimension(Class<? extends DimensionSpec> kind, Definition definition) {
    return dimensions.stream()
        .filter(kind::isInstance)
        .map(DimensionSpec::name)
        .findFirst()
        .orElseThrow(
            () ->
                definition.invalid(
                    "values",
                    kind.equals(DimensionSpec.Members.class)
                        ? "members among the dimensions"
                        : "lead times among the dimensions"));
  }
}
