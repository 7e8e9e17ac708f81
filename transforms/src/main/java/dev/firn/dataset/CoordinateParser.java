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
    try {
      List<CoordinateSpec> coordinates = coordinates(root);
      coordinates.stream()
          .filter(coordinate -> coordinate.values() == Values.GRID_MAPPING)
          .forEach(coordinate -> new GridMapping(coordinate.attributes()).projection());
      return coordinates;
    } catch (IllegalArgumentException noMap) {
      throw root.invalid(noMap);
    }
  }

  private List<CoordinateSpec> coordinates(Definition root) {
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
        name, along(name, values, definition), values, attributes, bloscTypesize(definition));
  }

  private static OptionalInt bloscTypesize(Definition definition) {
    if (!definition.has("blosc_typesize")) {
      return OptionalInt.empty();
    }
    int typesize = definition.integer("blosc_typesize");
    if (typesize < 1 || typesize > 255) {
      throw definition.invalid("blosc_typesize", "1 to 255");
    }
    return OptionalInt.of(typesize);
  }

  private List<String> along(String name, Values values, Definition definition) {
    return switch (values) {
      case APPEND_TIMES, EXPECTED_FORECAST_LENGTH -> List.of(append.name());
      case INGESTED_FORECAST_LENGTH ->
          definition.optional("per_member", definition::flag).orElse(false)
              ? List.of(append.name(), members("per_member", definition))
              : List.of(append.name());
      case VALID_TIMES -> List.of(append.name(), leadTimes(definition));
      case LEAD_TIMES -> List.of(leadTimes(definition));
      case MEMBERS -> List.of(members("values", definition));
      case AXIS -> List.of(name);
      case LATITUDES, LONGITUDES ->
          dimensions.stream()
              .filter(DimensionSpec.Axis.class::isInstance)
              .map(DimensionSpec::name)
              .toList();
      case GRID_MAPPING -> List.of();
    };
  }

  private String leadTimes(Definition definition) {
    return name(DimensionSpec.LeadTimes.class)
        .orElseThrow(() -> definition.invalid("values", "lead times among the dimensions"));
  }

  private String members(String key, Definition definition) {
    return name(DimensionSpec.Members.class)
        .orElseThrow(() -> definition.invalid(key, "members among the dimensions"));
  }

  private Optional<String> name(Class<? extends DimensionSpec> kind) {
    return dimensions.stream().filter(kind::isInstance).map(DimensionSpec::name).findFirst();
  }
}
