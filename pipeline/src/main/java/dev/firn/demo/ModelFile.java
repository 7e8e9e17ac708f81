package dev.firn.demo;

import dev.firn.io.field.Field;
import dev.firn.io.grib.GribWriter;
import dev.firn.io.grib.NoaaIndex;
import dev.firn.io.grib.NoaaIndexEntry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** One GRIB2 file of the model and its inventory. */
final class ModelFile {
  private final Instant init;
  private final Duration lead;
  private final ByteArrayOutputStream messages = new ByteArrayOutputStream();
  private final List<NoaaIndexEntry> entries = new ArrayList<>();

  private ModelFile(Instant init, Duration lead) {
    this.init = init;
    this.lead = lead;
  }

  /** The file with these fields, a message each. */
  static ModelFile of(Instant init, Duration lead, Map<ModelField, float[]> fields) {
    ModelFile file = new ModelFile(init, lead);
    fields.forEach(file::add);
    return file;
  }

  private void add(ModelField field, float[] values) {
    entries.add(
        new NoaaIndexEntry(
            entries.size() + 1,
            OptionalInt.empty(),
            messages.size(),
            init,
            field.element(),
            field.levelText(),
            field.windowText(lead),
            List.of()));
    GribWriter message =
        GribWriter.message()
            .referenceTime(init)
            .parameter(field.parameter())
            .level(field.level())
            .leadTime(lead)
            .packing(field.packing())
            .field(new Field(Planet.GRID, values));
    field.interval(lead).ifPresent(message::interval);
    messages.writeBytes(message.toBytes());
  }

  /** Writes both in place of earlier ones, the inventory last; returns their size in bytes. */
  long write(Path path) throws IOException {
    Files.createDirectories(path.getParent());
    Files.write(path, messages.toByteArray());
    Path inventory = path.resolveSibling(path.getFileName() + ".idx");
    Files.writeString(inventory, NoaaIndex.format(entries));
    return messages.size() + Files.size(inventory);
  }
}
