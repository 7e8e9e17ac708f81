package dev.firn.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firn.io.zarr.NodePath;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    this.append = DimensionParser.append(root.child("append"));
    this.dimensions = DimensionParser.parse(root.children("dimensions"));
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
    Optional<SourceSpec> source =
        root.optional("source", key -> SourceParser.source(root.child(key)));
    UpdateRules updates =
        root.optional("updates", key -> updates(root.child(key))).orElse(UpdateRules.USUAL);
    LiveRules usual = LiveRules.usual(append, updates);
    return root.complete(
        new DatasetSpec(
            id,
            root.text("version"),
            root.attributes("attributes"),
            append,
            dimensions,
            new CoordinateParser(append, dimensions).parse(root),
            chunkSizes(),
            source,
            variables(source),
            root.optional("max_vars_per_job", root::integer)
                .map(OptionalInt::of)
                .orElse(OptionalInt.empty()),
            root.optional("schedule", key -> schedule(root.child(key))),
            updates,
            root.optional("live", key -> live(root.child(key), usual)).orElse(usual)));
  }

  private static LiveRules live(Definition live, LiveRules usual) {
    return live.complete(
        new LiveRules(
            live.optional("deadline", live::duration).orElse(usual.deadline()),
            live.optional("early_lead_times", live::integer)
                .map(OptionalInt::of)
                .orElse(OptionalInt.empty()),
            live.optional("early_after", live::duration)));
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

  private List<Integer> sizes(String key) {
    Definition definition = root.child(key);
    List<Integer> sizes = new ArrayList<>();
    sizes.add(definition.integer(append.name()));
    dimensions.forEach(dimension -> sizes.add(definition.integer(dimension.name())));
    return definition.complete(sizes);
  }

  private ChunkSizes chunkSizes() {
    List<Integer> chunks = sizes("chunks");
    List<Integer> shards = sizes("shards");
    try {
      return new ChunkSizes(chunks, shards);
    } catch (ConfigurationException mismatch) {
      throw root.invalid(mismatch);
    }
  }

  private static Schedule schedule(Definition schedule) {
    try {
      return schedule.complete(new Schedule(schedule.text("cron"), schedule.duration("deadline")));
    } catch (IllegalArgumentException invalid) {
      throw schedule.invalid(invalid);
    }
  }

  private List<VariableSpec> variables(Optional<SourceSpec> source) {
    List<VariableSpec> variables = new ArrayList<>();
    root.children("variables")
        .forEach((name, definition) -> variables.add(variable(name, definition, source)));
    source.ifPresent(files -> check(files.naming(), variables));
    return variables;
  }

  private static void check(FileNaming naming, List<VariableSpec> variables) {
    Map<String, String> words = new HashMap<>();
    variables.forEach(variable -> words.putAll(variable.words()));
    naming.check(words);
  }

  private static VariableSpec variable(
      String name, Definition definition, Optional<SourceSpec> source) {
    try {
      return definition.complete(VariableParser.parse(new NodePath(name), definition, source));
    } catch (IllegalArgumentException invalid) {
      throw definition.invalid(invalid);
    }
  }
}
