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
import dev.firn.fields.Deaccumulation;
import dev.firn.update.RegionMemory;
import dev.firn.update.VariableGroups;
import java.math.BigDecimal;
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

  private String positions(DimensionSpec dimension) {
    if (dimension instanceof DimensionSpec.Axis axis) {
      return "from %s to %s %s"
          .formatted(plain(axis.first()), plain(axis.last()), units(axis.name()));
    }
    if (dimension instanceof DimensionSpec.LeadTimes leads) {
      return "hours " + LeadTimeRanges.text(leads.values()) + " after the start of a forecast";
    }
    return "numbered from 0";
  }

  private static String plain(double number) {
    return BigDecimal.valueOf(number).toPlainString();
  }

  private String units(String coordinate) {
    return spec.coordinates().stream()
        .filter(one -> one.name().equals(coordinate))
        .map(one -> one.attributes().path("units").asText())
        .collect(Collectors.joining());
  }

  private void storage() {
    ChunkSizes sizes = spec.chunkSizes();
    VariableSpec first = spec.variables().get(0);
    StoredSize size = StoredSize.of(spec, first);
    heading("storage of a " + first.storedType().dataType() + " variable, before compression");
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
            + count(size.chunksPerShard(), "chunk")
            + " in one object");
    table.add(
        "region",
        MemorySize.text(size.regionBytes()),
        "%s %d (%s) × all others: %s, the work of one job"
            .formatted(
                spec.append().name(),
                sizes.appendShardLength(),
                span(spec.append().every().multipliedBy(sizes.appendShardLength())),
                count(size.shardsPerRegion(), "shard")));
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
        "variables: %d, in %s for each region"
            .formatted(
                spec.variables().size(), count(VariableGroups.variableGroupCount(spec), "job")));
    TextTable table = new TextTable("name", "units", "source", "type", "meaning");
    for (VariableSpec variable : spec.variables()) {
      table.add(
          variable.path(),
          variable.attributes().path("units").asText(),
          sourceText(variable),
          variable.storedType().dataType(),
          meaning(variable));
    }
    table(table);
  }

  /** Its name, and what one would not guess. */
  private static String meaning(VariableSpec variable) {
    StringBuilder meaning = new StringBuilder(variable.attributes().path("long_name").asText());
    variable
        .steps()
        .deaccumulation()
        .ifPresent(
            rule ->
                meaning.append(
                    rule.kind() == Deaccumulation.Kind.ACCUMULATED
                        ? ", made of the source's totals"
                        : ", made of the source's means since the start"));
    variable
        .availableFrom()
        .ifPresent(first -> meaning.append(", from ").append(first).append(" on"));
    return meaning.toString();
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
        "  {%s}: %s%s",
        name,
        rules.size() > 1 ? "by rules of the definition " : "",
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
    line(
        "  %s at most for a shard that is put together, less as it is compressed",
        MemorySize.text(memory.shardBytes()));
  }

  private static String span(Duration duration) {
    List<String> units = List.of("day", "hour", "minute", "second");
    long[] seconds = {86400, 3600, 60, 1};
    int unit = 0;
    while (duration.toSeconds() % seconds[unit] != 0) {
      unit++;
    }
    return count(duration.toSeconds() / seconds[unit], units.get(unit));
  }

  private static String count(long count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }
}
