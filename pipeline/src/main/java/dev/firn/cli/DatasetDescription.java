package dev.firn.cli;

import dev.firn.dataset.AppendDimension;
import dev.firn.dataset.ChunkSizes;
import dev.firn.dataset.CoordinateSpec;
import dev.firn.dataset.DatasetSpec;
import dev.firn.dataset.DimensionSpec;
import dev.firn.dataset.FileNaming;
import dev.firn.dataset.SourceSpec;
import dev.firn.dataset.StoredSize;
import dev.firn.dataset.VariableSpec;
import dev.firn.update.RegionMemory;
import dev.firn.update.VariableGroups;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A dataset, for people who see it for the first time. */
final class DatasetDescription {
  private final DatasetSpec spec;
  private final StringBuilder text = new StringBuilder();

  DatasetDescription(DatasetSpec spec) {
    this.spec = spec;
  }

  String text() {
    line("%s, version %s: %s", spec.id(), spec.version(), attribute("name"));
    line("%s", attribute("description"));
    dimensions();
    storage();
    coordinates();
    variables();
    source();
    spec.schedule()
        .ifPresent(
            schedule -> {
              heading("schedule");
              line("  %s (cron, UTC), done within %s", schedule.cron(), span(schedule.deadline()));
            });
    memory();
    return text.toString().stripTrailing();
  }

  private void line(String format, Object... arguments) {
    text.append(String.format(Locale.ROOT, format, arguments).stripTrailing()).append('\n');
  }

  private void heading(String heading) {
    line("%n%s", heading);
  }

  private void table(TextTable table) {
    table.lines().forEach(row -> line("  %s", row));
  }

  private String attribute(String name) {
    return spec.attributes().path(name).asText();
  }

  private void dimensions() {
    AppendDimension append = spec.append();
    heading("dimensions");
    TextTable table = new TextTable("name", "length", "positions");
    table.add(
        append.name(),
        "grows",
        "every " + span(append.every()) + " from " + append.start() + " on");
    spec.dimensions()
        .forEach(
            dimension -> table.add(dimension.name(), dimension.length(), positions(dimension)));
    table(table);
  }

  private static String positions(DimensionSpec dimension) {
    if (dimension instanceof DimensionSpec.Axis axis) {
      return "from " + axis.first() + " to " + axis.last();
    }
    if (dimension instanceof DimensionSpec.LeadTimes leads) {
      return "hours " + LeadTimeRanges.text(leads.values()) + " after the start of a forecast";
    }
    return "numbered from 0";
  }

  private void storage() {
    ChunkSizes sizes = spec.chunkSizes();
    StoredSize size = StoredSize.of(spec, spec.variables().get(0));
    heading("storage of a variable, before compression");
    TextTable table = new TextTable("piece", "size", "shape");
    table.add(
        "chunk",
        MemorySize.text(size.chunkBytes()),
        StoredSize.shapeText(spec, sizes.chunk()) + ": what a reader fetches at least");
    table.add(
        "shard",
        MemorySize.text(size.shardBytes()),
        StoredSize.shapeText(spec, sizes.shard())
            + ": "
            + size.chunksPerShard()
            + " chunks in one object");
    table.add(
        "region",
        MemorySize.text(size.regionBytes()),
        "%s %d × all others: %d shards, written at once"
            .formatted(spec.append().name(), sizes.appendShardLength(), size.shardsPerRegion()));
    table(table);
  }

  private void coordinates() {
    heading("coordinates");
    TextTable table = new TextTable("name", "along", "meaning");
    for (CoordinateSpec coordinate : spec.coordinates()) {
      table.add(
          coordinate.name(),
          String.join(", ", coordinate.dimensions()),
          coordinate.attributes().path("long_name").asText("coordinate reference system"));
    }
    table(table);
  }

  private void variables() {
    heading(
        "variables: %d, as %d jobs a region"
            .formatted(spec.variables().size(), VariableGroups.variableGroupCount(spec)));
    TextTable table = new TextTable("name", "units", "source", "type", "meaning");
    for (VariableSpec variable : spec.variables()) {
      table.add(
          variable.path(),
          variable.attributes().path("units").asText(),
          sourceText(variable),
          variable.storedType().dataType(),
          variable.attributes().path("long_name").asText());
    }
    table(table);
  }

  private void source() {
    heading("source");
    if (spec.sourceSpec().isEmpty()) {
      line("  none: the dataset can be described, not updated");
      return;
    }
    SourceSpec source = spec.source();
    line("  %s", source.naming().template());
    source.naming().names().forEach(this::name);
    line(
        "  inventory %s",
        source.inventory().map(SourceSpec.Inventory::suffix).orElse("none: files are read whole"));
  }

  private void name(String name, List<FileNaming.NameRule> rules) {
    line(
        "  {%s}: %s",
        name,
        rules.stream()
            .flatMap(rule -> rule.texts().stream())
            .distinct()
            .collect(Collectors.joining(", ")));
  }

  private static String sourceText(VariableSpec variable) {
    return variable.sources().stream()
        .map(source -> source.selector().text())
        .distinct()
        .collect(Collectors.joining(" or "));
  }

  private void memory() {
    RegionMemory memory = RegionMemory.of(spec);
    heading("memory of a region job");
    line(
        "  %s for the values of a variable; what exceeds --memory lies in scratch files instead",
        MemorySize.text(memory.gatheredBytes()));
    line("  %s for each processor, to decode and encode", MemorySize.text(memory.perThreadBytes()));
  }

  private static String span(Duration duration) {
    List<String> units = List.of("day", "hour", "minute", "second");
    long[] seconds = {86400, 3600, 60, 1};
    int unit = 0;
    while (duration.toSeconds() % seconds[unit] != 0) {
      unit++;
    }
    long count = duration.toSeconds() / seconds[unit];
    return count == 1 ? units.get(unit) : count + " " + units.get(unit) + "s";
  }
}
