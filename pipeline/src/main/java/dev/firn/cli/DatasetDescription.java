package dev.firn.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.dataset.AppendDimension;
import dev.firn.dataset.CoordinateSpec;
import dev.firn.dataset.DatasetSpec;
import dev.firn.dataset.DimensionSpec;
import dev.firn.dataset.SourceSpec;
import dev.firn.dataset.VariableSpec;
import dev.firn.update.VariableGroups;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A dataset, for people and as JSON. */
final class DatasetDescription {
  private final DatasetSpec spec;

  DatasetDescription(DatasetSpec spec) {
    this.spec = spec;
  }

  String text() {
    StringBuilder text = new StringBuilder();
    AppendDimension append = spec.append();
    text.append("%s, version %s: %s%n".formatted(spec.id(), spec.version(), attribute("name")));
    text.append(attribute("description")).append("\n\ndimensions\n");
    text.append(
        "  %-12s grows: every %s from %s, %d a shard%n"
            .formatted(
                append.name(),
                append.every(),
                append.start(),
                spec.chunkSizes().appendShardLength()));
    spec.dimensions()
        .forEach(
            dimension -> text.append("  %-12s %s%n".formatted(dimension.name(), text(dimension))));
    text.append(
        "\nchunks %s in shards %s%n"
            .formatted(spec.chunkSizes().chunk(), spec.chunkSizes().shard()));
    text.append("\ncoordinates\n");
    spec.coordinates()
        .forEach(
            coordinate ->
                text.append("  %-26s %s%n".formatted(coordinate.name(), coordinate.dimensions())));
    text.append(
        "\nvariables, %d jobs a region%n".formatted(VariableGroups.variableGroupCount(spec)));
    spec.variables().forEach(variable -> text.append(text(variable)));
    text.append(
        "\nsource\n  %s%n  inventory %s"
            .formatted(spec.source().fileTemplate(), spec.source().indexSuffix()));
    return text.toString();
  }

  private String attribute(String name) {
    return spec.attributes().path(name).asText();
  }

  private static String text(DimensionSpec dimension) {
    if (dimension instanceof DimensionSpec.Axis axis) {
      return "%d from %s to %s".formatted(axis.length(), axis.first(), axis.last());
    }
    List<java.time.Duration> leads = ((DimensionSpec.LeadTimes) dimension).values();
    return "%d from %d to %d hours"
        .formatted(leads.size(), leads.get(0).toHours(), leads.get(leads.size() - 1).toHours());
  }

  private static String text(VariableSpec variable) {
    return "  %-44s %-12s %s%n"
        .formatted(variable.path(), variable.attributes().path("units").asText(), source(variable));
  }

  private static String source(VariableSpec variable) {
    return variable.sources().stream()
        .map(source -> source.selector().text())
        .distinct()
        .collect(Collectors.joining(" or "));
  }

  String json() {
    ObjectNode json = new ObjectMapper().createObjectNode();
    json.put("id", spec.id()).put("version", spec.version());
    json.set("attributes", spec.attributes());
    dimensions(json.putArray("dimensions"));
    spec.chunkSizes().chunk().forEach(json.putArray("chunks")::add);
    spec.chunkSizes().shard().forEach(json.putArray("shards")::add);
    coordinates(json.putArray("coordinates"));
    variables(json.putArray("variables"));
    json.put("variable_groups", VariableGroups.variableGroupCount(spec));
    json.putObject("source")
        .put("files", spec.source().naming().template())
        .put(
            "inventory",
            spec.source().inventory().map(SourceSpec.Inventory::suffix).orElse("none"));
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

  private void variables(ArrayNode variables) {
    for (VariableSpec variable : spec.variables()) {
      ObjectNode node = variables.addObject().put("name", variable.path().value());
      node.put("source_group", variable.sourceGroup());
      node.set("attributes", variable.attributes());
      ArrayNode sources = node.putArray("sources");
      variable.sources().forEach(source -> sources.add(source.selector().text()));
    }
  }
}
