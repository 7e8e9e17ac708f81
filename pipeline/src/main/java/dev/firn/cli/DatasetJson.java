package dev.firn.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.dataset.AppendDimension;
import dev.firn.dataset.CoordinateSpec;
import dev.firn.dataset.DatasetSpec;
import dev.firn.dataset.DimensionSpec;
import dev.firn.dataset.SourceSpec;
import dev.firn.dataset.StoredSize;
import dev.firn.dataset.VariableSpec;
import dev.firn.update.RegionMemory;
import dev.firn.update.VariableGroups;
import java.util.Locale;

/** A dataset, for programs. */
final class DatasetJson {
  private final DatasetSpec spec;
  private final ObjectNode json = new ObjectMapper().createObjectNode();

  DatasetJson(DatasetSpec spec) {
    this.spec = spec;
  }

  String text() {
    json.put("id", spec.id()).put("version", spec.version());
    json.set("attributes", spec.attributes());
    dimensions(json.putArray("dimensions"));
    spec.chunkSizes().chunk().forEach(json.putArray("chunks")::add);
    spec.chunkSizes().shard().forEach(json.putArray("shards")::add);
    coordinates(json.putArray("coordinates"));
    spec.variables()
        .forEach(variable -> variable(json.withArray("variables").addObject(), variable));
    json.put("variable_groups", VariableGroups.variableGroupCount(spec));
    spec.sourceSpec().ifPresent(source -> source(json.putObject("source"), source));
    spec.schedule()
        .ifPresent(
            schedule ->
                json.putObject("schedule")
                    .put("cron", schedule.cron())
                    .put("deadline_seconds", schedule.deadline().toSeconds()));
    RegionMemory memory = RegionMemory.of(spec);
    json.putObject("region_job_memory")
        .put("gathered_bytes", memory.gatheredBytes())
        .put("per_thread_bytes", memory.perThreadBytes())
        .put("shard_bytes", memory.shardBytes());
    return json.toPrettyString();
  }

  private void dimensions(ArrayNode dimensions) {
    AppendDimension append = spec.append();
    dimensions
        .addObject()
        .put("name", append.name())
        .put("append", true)
        .put("start", append.start().toString())
        .put("every_seconds", append.every().toSeconds());
    for (DimensionSpec dimension : spec.dimensions()) {
      ObjectNode node =
          dimensions.addObject().put("name", dimension.name()).put("length", dimension.length());
      if (dimension instanceof DimensionSpec.Axis axis) {
        node.put("first", axis.first()).put("last", axis.last());
      } else if (dimension instanceof DimensionSpec.LeadTimes leads) {
        leads.values().forEach(lead -> node.withArray("hours").add(lead.toMinutes() / 60.0));
      }
    }
  }

  private void coordinates(ArrayNode coordinates) {
    for (CoordinateSpec coordinate : spec.coordinates()) {
      ObjectNode node = coordinates.addObject().put("name", coordinate.name());
      coordinate.dimensions().forEach(node.putArray("dimensions")::add);
      node.put("values", coordinate.values().name().toLowerCase(Locale.ROOT));
      node.set("attributes", coordinate.attributes());
    }
  }

  private void variable(ObjectNode node, VariableSpec variable) {
    node.put("name", variable.path().value());
    node.put("data_type", variable.storedType().dataType().zarrName());
    node.put("source_group", variable.sourceGroup());
    node.set("attributes", variable.attributes());
    StoredSize size = StoredSize.of(spec, variable);
    node.putObject("bytes")
        .put("chunk", size.chunkBytes())
        .put("shard", size.shardBytes())
        .put("region", size.regionBytes());
    node.put("chunks_per_shard", size.chunksPerShard());
    node.put("shards_per_region", size.shardsPerRegion());
    variable
        .steps()
        .deaccumulation()
        .ifPresent(rule -> node.put("made_of", rule.kind().name().toLowerCase(Locale.ROOT)));
    variable.availableFrom().ifPresent(first -> node.put("available_from", first.toString()));
    ArrayNode sources = node.putArray("sources");
    variable.sources().forEach(source -> sources.add(source.selector().text()));
  }

  private static void source(ObjectNode json, SourceSpec source) {
    json.put("files", source.naming().template());
    ObjectNode names = json.putObject("names");
    source
        .naming()
        .names()
        .forEach(
            (name, rules) -> {
              ArrayNode texts = names.putArray(name);
              rules.stream().flatMap(rule -> rule.texts().stream()).distinct().forEach(texts::add);
            });
    source.inventory().ifPresent(inventory -> json.put("inventory", inventory.suffix()));
  }
}
