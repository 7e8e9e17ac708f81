package dev.firn.cli;

import dev.firn.io.CorruptInputException;
import dev.firn.io.FormatException;
import dev.firn.io.bytes.ByteSource;
import dev.firn.io.field.Field;
import dev.firn.io.field.Grid;
import dev.firn.io.field.PointCoordinates;
import dev.firn.io.grib.GribField;
import dev.firn.io.grib.GribFile;
import dev.firn.io.grib.GribFileEntry;
import dev.firn.io.grib.GribListing;
import dev.firn.io.grib.GribMessage;
import dev.firn.io.grib.GribNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The fields of files, each in files of its own, and a line of JSON for each that says what it is
 * and what became of it. A field or message that cannot be read does not keep the next from being.
 *
 * <p>A line is printed when its files are complete, so that a reader may take them away while the
 * export goes on.
 */
final class FieldExport {
  private static final int EDITION_1 = 1;

  private final Path directory;
  private final boolean withCoordinates;
  private final ExportLines lines;
  private final GribNames names = GribNames.load();
  private Optional<WrittenGrid> lastGrid = Optional.empty();
  private int fields;

  FieldExport(Path directory, boolean withCoordinates, ExportLines lines) {
    this.directory = directory;
    this.withCoordinates = withCoordinates;
    this.lines = lines;
  }

  /** Exports the fields of {@code file}, which is {@code source}. */
  void add(Path file, ByteSource source) throws IOException {
    GribFile messages = GribFile.of(source);
    Iterator<GribFileEntry> entries = messages.entries().iterator();
    int index = 0;
    try {
      while (entries.hasNext()) {
        index += add(file, index, messages, entries.next());
      }
    } catch (CorruptInputException e) {
      lines.fail(ExportLines.line(file), e);
    }
  }

  /** Exports the fields of one message, and says how many they are. */
  private int add(Path file, int index, GribFile messages, GribFileEntry entry) throws IOException {
    Map<String, Object> line = ExportLines.line(file);
    line.put("offset", entry.offset());
    line.put("length", entry.lengthBytes());
    if (entry.edition() == EDITION_1) {
      lines.print(line, "edition1");
      return 0;
    }
    GribMessage message;
    try {
      message = messages.read(entry);
    } catch (FormatException e) {
      lines.fail(line, e);
      return 0;
    }
    int count = message.fields().size();
    for (int number = 0; number < count; number++) {
      add(new LinkedHashMap<>(line), index + number, message, number);
    }
    return count;
  }

  private void add(Map<String, Object> line, int index, GribMessage message, int number)
      throws IOException {
    GribField field = message.fields().get(number);
    line.put("field", number);
    int fileNumber = fields++;
    try {
      line.putAll(GribListing.of(index, message, number, names).properties());
      write(fileNumber, field.decode(), line);
      lines.print(line, "decoded");
    } catch (FormatException e) {
      lines.fail(line, e);
    }
  }

  private void write(int fileNumber, Field field, Map<String, Object> line) throws IOException {
    String values = fileNumber + ".f32";
    Files.write(directory.resolve(values), LittleEndian.bytes(field.values()));
    line.put("values", values);
    if (withCoordinates) {
      if (lastGrid.filter(last -> last.grid().equals(field.grid())).isEmpty()) {
        lastGrid = written(fileNumber, field.grid());
      }
      lastGrid.ifPresent(last -> line.putAll(last.files()));
    }
  }

  private Optional<WrittenGrid> written(int fileNumber, Grid grid) throws IOException {
    Optional<PointCoordinates> coordinates = grid.coordinates();
    if (coordinates.isEmpty()) {
      return Optional.empty();
    }
    Map<String, String> files = new LinkedHashMap<>();
    files.put("latitudes", fileNumber + ".lat.f64");
    files.put("longitudes", fileNumber + ".lon.f64");
    Files.write(
        directory.resolve(files.get("latitudes")),
        LittleEndian.bytes(coordinates.get().latitudes()));
    Files.write(
        directory.resolve(files.get("longitudes")),
        LittleEndian.bytes(coordinates.get().longitudes()));
    return Optional.of(new WrittenGrid(grid, files));
  }

  /** The grid that was written last, and the names of its files. */
  private record WrittenGrid(Grid grid, Map<String, String> files) {}
}
