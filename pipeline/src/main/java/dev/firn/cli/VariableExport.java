package dev.firn.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firn.io.FormatException;
import dev.firn.io.netcdf.NetcdfFile;
import dev.firn.io.netcdf.NetcdfListing;
import dev.firn.io.netcdf.NetcdfType;
import dev.firn.io.netcdf.NetcdfValues;
import dev.firn.io.netcdf.NetcdfVariable;
import dev.firn.io.netcdf.Slab;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The variables of files, each in files of its own, and a line of JSON for each that says what
 * became of it. What cannot be read does not keep the next from being.
 */
final class VariableExport {
  private final Path directory;
  private final ExportLines lines;
  private final ObjectMapper json = new ObjectMapper();
  private int variables;

  VariableExport(Path directory, ExportLines lines) {
    this.directory = directory;
    this.lines = lines;
  }

  void add(Path path) throws IOException {
    Map<String, Object> line = ExportLines.line(path);
    try (NetcdfFile file = NetcdfFile.open(path)) {
      line.putAll(NetcdfListing.of(file));
      lines.print(line, "opened");
      List<NetcdfVariable> all =
          file.root().walk().flatMap(group -> group.variables().stream()).toList();
      for (NetcdfVariable variable : all) {
        add(path, variable);
      }
    } catch (FormatException e) {
      lines.fail(line, e);
    }
  }

  private void add(Path path, NetcdfVariable variable) throws IOException {
    Map<String, Object> line = ExportLines.line(path);
    line.put("variable", variable.path());
    int number = variables++;
    try {
      NetcdfValues values = variable.read();
      if (variable.type().usesHeap() || !isPlain(variable.type())) {
        write(line, "elements", number + ".json", json.writeValueAsBytes(values.elements()));
      } else {
        write(line, "values", number + ".bin", values.bytes());
      }
      if (variable.type() instanceof NetcdfType.Numeric) {
        float[] decoded = new float[values.size()];
        variable.readInto(decoded, 0, Slab.all(variable.shape()));
        write(line, "decoded", number + ".f32", LittleEndian.bytes(decoded));
      }
      lines.print(line, "read");
    } catch (FormatException e) {
      lines.fail(line, e);
    }
  }

  /** Whether values are the same bytes wherever they are stored. */
  private static boolean isPlain(NetcdfType type) {
    return !(type instanceof NetcdfType.Compound
        || type instanceof NetcdfType.FixedArray
        || type instanceof NetcdfType.Reference);
  }

  private void write(Map<String, Object> line, String what, String name, byte[] bytes)
      throws IOException {
    Files.write(directory.resolve(name), bytes);
    line.put(what, name);
  }
}
