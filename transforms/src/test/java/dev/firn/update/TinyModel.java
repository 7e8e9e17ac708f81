package dev.firn.update;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.dataset.DatasetParser;
import dev.firn.dataset.FieldMatch;
import dev.firn.dataset.InventoryName;
import dev.firn.dataset.SourceStep;
import dev.firn.dataset.Template;
import dev.firn.dataset.VariableSpec;
import dev.firn.io.field.Field;
import dev.firn.io.field.LatLonGrid;
import dev.firn.io.field.RegularAxis;
import dev.firn.io.grib.GribWriter;
import dev.firn.io.grib.NoaaIndex;
import dev.firn.io.grib.NoaaIndexEntry;
import dev.firn.io.grib.Packing;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A model on 5 × 8 points with four variables, in two source groups and three variable groups: its
 * dataset, and GRIB2 files of its forecasts in a directory. Every value tells what it is: see
 * {@link #value}.
 */
public final class TinyModel {
  /** What the dataset's source URLs begin with. */
  public static final String BUCKET = "s3://tiny-model";

  private static final LatLonGrid GRID =
      new LatLonGrid(RegularAxis.degrees(60, 0, 5), RegularAxis.degrees(0, 315, 8));

  private final Path directory;
  private final Template template;

  /** The model whose files are in {@code directory}. */
  public TinyModel(Path directory) {
    this(directory, definition());
  }

  private TinyModel(Path directory, JsonNode definition) {
    this.directory = directory;
    this.template = new Template(DatasetParser.parse("tiny.json", definition));
  }

  /** The model with one variable group for each of its source groups. */
  static TinyModel ofTwoGroups(Path directory) {
    return new TinyModel(directory, definition().put("max_vars_per_job", 3));
  }

  /** The dataset's definition. */
  public static ObjectNode definition() {
    try (InputStream in = TinyModel.class.getResourceAsStream("/tiny.json")) {
      return (ObjectNode) new ObjectMapper().readTree(in);
    } catch (IOException failed) {
      throw new java.io.UncheckedIOException(failed);
    }
  }

  /** The dataset. */
  public Template template() {
    return template;
  }

  /** Where source URLs are read instead. */
  public Map<String, String> mirrors() {
    return Map.of(BUCKET, "file://" + directory);
  }

  /** The start of the forecast at {@code position}. */
  public Instant init(long position) {
    return template.spec().append().at(position);
  }

  /** Writes all files of a forecast. */
  public void publish(long position, int edition) throws IOException {
    for (Duration lead : template.spec().leadTimes().values()) {
      publish(position, lead, edition);
    }
  }

  /** Writes one file of a forecast; another edition has other values. */
  public void publish(long position, Duration lead, int edition) throws IOException {
    Path file = file(position, lead);
    Files.createDirectories(file.getParent());
    ByteArrayOutputStream messages = new ByteArrayOutputStream();
    List<NoaaIndexEntry> entries = new ArrayList<>();
    for (VariableSpec variable : template.spec().variables()) {
      if (variable.isInSourceAt(lead)) {
        entries.add(entry(entries.size() + 1, messages.size(), match(variable), position, lead));
        messages.write(message(variable, position, lead, edition));
      }
    }
    Files.write(file, messages.toByteArray());
    Files.writeString(indexFile(position, lead), NoaaIndex.format(entries));
  }

  /** Where sources have the file of a forecast's lead time. */
  public String url(long position, Duration lead) {
    SourceStep step = new SourceStep(init(position), lead, 0);
    VariableSpec any = template.spec().variables().get(0);
    return template.spec().source().urls(any, step, Instant.EPOCH).get(0);
  }

  /** The file of a forecast's lead time. */
  public Path file(long position, Duration lead) {
    String url = url(position, lead);
    return directory.resolve(url.substring(BUCKET.length() + 1));
  }

  /** Its inventory. */
  public Path indexFile(long position, Duration lead) {
    return Path.of(file(position, lead) + ".idx");
  }

  private static FieldMatch match(VariableSpec variable) {
    return (FieldMatch) variable.sources().get(0).selector();
  }

  private NoaaIndexEntry entry(
      int number, long offset, FieldMatch match, long position, Duration lead) {
    String window = match.window().indexText(lead);
    InventoryName.Noaa name = (InventoryName.Noaa) match.name();
    return new NoaaIndexEntry(
        number,
        OptionalInt.empty(),
        offset,
        init(position),
        name.element(),
        name.level(),
        window,
        List.of());
  }

  private byte[] message(VariableSpec variable, long position, Duration lead, int edition) {
    FieldMatch match = match(variable);
    GribWriter writer =
        GribWriter.message()
            .parameter(match.parameter())
            .level(match.level().orElseThrow())
            .referenceTime(init(position))
            .leadTime(lead)
            .packing(Packing.simple(20, 1));
    match.window().interval(lead).ifPresent(writer::interval);
    float[] values = new float[GRID.points()];
    for (int point = 0; point < values.length; point++) {
      values[point] = value(variable.path().value(), position, lead, point, edition);
    }
    return writer.field(new Field(GRID, values)).toBytes();
  }

  /**
   * A value as it stands in the file: whole numbers and halves that simple packing keeps exactly.
   *
   * @param point counted from 60 N, 0 E, row by row
   */
  public static float value(String variable, long position, Duration lead, int point, int edition) {
    long hours = lead.toHours();
    return switch (variable) {
      case "temperature" -> 250 + position + hours + point / 2f + 100 * edition;
      case "wind" -> point - 20 + hours / 2f + edition;
      case "pressure" -> 1000 + point + hours + position + edition;
      // mm since the last reset: 1 × (point + 1) an hour
      case "rain" -> (hours % 6 == 0 ? 6 : hours % 6) * (point + 1 + edition);
      default -> throw new IllegalArgumentException(variable);
    };
  }

  /**
   * What the archive holds of {@link #value} at a point of its own axes, counted from 60 N, 180 W,
   * row by row.
   */
  public static float archived(
      String variable, long position, Duration lead, int cell, int edition) {
    int point = cell / 8 * 8 + (cell + 4) % 8; // 180 W is the source's column 4
    float value = value(variable, position, lead, point, edition);
    return switch (variable) {
      case "temperature" -> (float) (value - 273.15);
      case "rain" -> lead.isZero() ? Float.NaN : (float) ((point + 1 + edition) / 3600.0);
      default -> value;
    };
  }

  /** An update id in a store below {@code base}. */
  public static UpdateId id(Path base, String job) {
    return id("file://" + base, job);
  }

  /** An update id in a store below the URL {@code base}. */
  public static UpdateId id(String base, String job) {
    return new UpdateId("tiny", base + "/tiny.zarr", job);
  }

  /** A request for everything before the forecast at {@code end}. */
  public UpdateRequest backfill(UpdateId id, long end) {
    return new UpdateRequest(
        id, List.of(), UpdateRequest.Kind.BACKFILL, filter(end), false, false, List.of());
  }

  /** A request for the newest published forecast and what is new before the one at {@code end}. */
  public UpdateRequest update(UpdateId id, long end) {
    return new UpdateRequest(
        id, List.of(), UpdateRequest.Kind.UPDATE, filter(end), false, false, List.of());
  }

  /** A request for certain files of a forecast that have come, under the name of that work. */
  UpdateRequest live(UpdateId id, long position, List<Duration> leads) {
    List<ArrivedFile> files = new ArrayList<>();
    leads.forEach(
        lead ->
            files.add(new ArrivedFile(url(position, lead), Optional.empty(), 0, Instant.EPOCH)));
    UpdateRequest request =
        new UpdateRequest(
            id,
            List.of(),
            UpdateRequest.Kind.LIVE,
            new JobFilter(Optional.of(init(position)), init(position + 1), List.of(), List.of()),
            false,
            false,
            files);
    return request.withJob(JobName.derive(request, template));
  }

  private JobFilter filter(long end) {
    return new JobFilter(Optional.empty(), init(end), List.of(), List.of());
  }
}
