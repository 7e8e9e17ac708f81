package dev.firn.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firn.io.zarr.NodePath;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Reads a {@link DatasetSpec} from its definition: the tree that a dataset's YAML file holds.
 * {@code docs/guides/add-a-dataset.md} explains every key. Whatever is wrong is a {@link
 * ConfigurationException} that names file and key.
 */
public final class DatasetParser {
  private final Definition root;
  private final AppendDimension append;
  private final List<DimensionSpec> dimensions;

  private DatasetParser(Definition root) {
    this.root = root;
    this.append = append(root.child("append"));
    this.dimensions = dimensions(root.children("dimensions"));
  }

  /**
   * Reads a definition.
   *
   * @param origin the file it was read from
   * @param definition its tree
   */
  public static DatasetSpec parse(String origin, JsonNode definition) {
    Definition root = Definition.of("dataset " + origin, definition);
    try {
      return new DatasetParser(root).dataset();
    } catch (IllegalArgumentException invalid) {
      throw root.invalid(invalid);
    }
  }

  private DatasetSpec dataset() {
    String id = root.text("id");
    if (!id.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
      throw root.invalid("id", "lower-case letters, digits and single hyphens");
    }
    SourceSpec source = SourceParser.source(root.child("source"));
    return root.complete(
        new DatasetSpec(
            id,
            root.text("version"),
            root.attributes("attributes"),
            append,
            dimensions,
            coordinates(),
            new ChunkSizes(sizes("chunks"), sizes("shards")),
            source,
            variables(source),
            root.optional("max_vars_per_job", root::integer)
                .map(OptionalInt::of)
                .orElse(OptionalInt.empty()),
            root.optional("updates", key -> updates(root.child(key))).orElse(UpdateRules.USUAL)));
  }

  private static UpdateRules updates(Definition updates) {
    return updates.complete(
        new UpdateRules(
            updates.optional("reprocess", updates::duration).orElse(Duration.ZERO),
            updates.optional("delay", updates::duration).orElse(Duration.ZERO),
            updates.optional("steps_before", updates::integer).orElse(0),
            updates.optional("steps_after", updates::integer).orElse(0),
            updates.optional("drop_last_step", updates::flag).orElse(false)));
  }

  private static AppendDimension append(Definition append) {
    return append.complete(
        new AppendDimension(
            append.text("dimension"),
            append.instant("start"),
            append.duration("every"),
            append.integer("coordinate_chunk")));
  }

  private static List<DimensionSpec> dimensions(Map<String, Definition> definitions) {
    List<DimensionSpec> dimensions = new ArrayList<>();
    definitions.forEach(
        (name, definition) -> dimensions.add(definition.complete(dimension(name, definition))));
    return dimensions;
  }

  private static DimensionSpec dimension(String name, Definition definition) {
    if (definition.has("hours")) {
      return new DimensionSpec.LeadTimes(name, hours(definition.sequence("hours")));
    }
    return new DimensionSpec.Axis(
        name, definition.number("first"), definition.number("last"), definition.integer("count"));
  }

  private static List<Duration> hours(List<Definition> ranges) {
    List<Duration> hours = new ArrayList<>();
    for (Definition range : ranges) {
      int every = range.integer("every");
      if (every < 1) {
        throw range.invalid("every", "1 or more");
      }
      int last = range.integer("to");
      for (int hour = range.integer("from"); hour <= last; hour += every) {
        hours.add(Duration.ofHours(hour));
      }
      range.complete(hours);
    }
    return hours;
  }

  private List<CoordinateSpec> coordinates() {
    List<CoordinateSpec> coordinates = new ArrayList<>();
    root.children("coordinates")
        .forEach(
            (name, definition) ->
                coordinates.add(definition.complete(coordinate(name, definition))));
    return coordinates;
  }

  private CoordinateSpec coordinate(String name, Definition definition) {
    CoordinateSpec.Values values = definition.choice("values", CoordinateSpec.Values.class);
    List<String> along =
        switch (values) {
          case APPEND_TIMES, EXPECTED_FORECAST_LENGTH, INGESTED_FORECAST_LENGTH ->
              List.of(append.name());
          case VALID_TIMES -> List.of(append.name(), leadTimesName(definition));
          case LEAD_TIMES -> List.of(leadTimesName(definition));
          case AXIS -> List.of(name);
          case GRID_MAPPING -> List.of();
        };
    return new CoordinateSpec(name, along, values, definition.attributes("attributes"));
  }

  private String leadTimesName(Definition definition) {
    return dimensions.stream()
        .filter(DimensionSpec.LeadTimes.class::isInstance)
        .map(DimensionSpec::name)
        .findFirst()
        .orElseThrow(() -> definition.invalid("values", "lead times among the dimensions"));
  }

  private List<Integer> sizes(String key) {
    Definition definition = root.child(key);
    List<Integer> sizes = new ArrayList<>();
    sizes.add(definition.integer(append.name()));
    dimensions.forEach(dimension -> sizes.add(definition.integer(dimension.name())));
    return definition.complete(sizes);
  }

  private List<VariableSpec> variables(SourceSpec source) {
    List<VariableSpec> variables = new ArrayList<>();
    root.children("variables")
        .forEach((name, definition) -> variables.add(variable(name, definition, source)));
    return variables;
  }

  private static VariableSpec variable(String name, Definition definition, SourceSpec source) {
    try {
      VariableSpec variable = VariableParser.parse(new NodePath(name), definition, source);
      source.naming().check(variable.words());
      return definition.complete(variable);
    } catch (IllegalArgumentException invalid) {
      throw definition.invalid(invalid);
    }
  }
}
