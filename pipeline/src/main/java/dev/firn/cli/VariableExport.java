package dev.firn.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firn.io.CorruptInputException;
import dev.firn.io.UnsupportedFeatureException;
import dev.firn.io.netcdf.NetcdfFile;
import dev.firn.io.netcdf.NetcdfListing;
import dev.firn.io.netcdf.NetcdfType;
import dev.firn.io.netcdf.NetcdfValues;
import dev.firn.io.netcdf.NetcdfVariable;
import dev.firn.io.netcdf.Slab;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The variables of files, each in files of its own, and a line of JSON for each that says what
 * became of it. What cannot be read does not keep the next from being.
 */
final class VariableExport {
  private final Path directory;
  private final PrintWriter out;
  private final ObjectMapper json = new ObjectMapper();
  private int variables;
  private int failures;

  VariableExport(Path directory, PrintWriter out) {
    this.directory = directory;
    this.out = out;
  }

  /** How many files or variables could not be exported. */
  int failures() {
    return failures;
  }

  void add(Path path) throws IOException {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("file", path.toString());
    try (NetcdfFile file = NetcdfFile.open(path)) {
      line.put("status", "opened");
      line.putAll(NetcdfListing.of(file));
      print(line);
      List<NetcdfVariable> all =
          file.root().walk().flatMap(group -> group.variables().stream()).toList();
      for (NetcdfVariable variable : all) {
        add(path, variable);
      }
    } catch (CorruptInputException | UnsupportedFeatureException e) {
      fail(line, e);
    }
  }

  private void add(Path path, NetcdfVariable variable) throws IOException {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("file", path.toString());
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
      line.put("status", "read");
      print(line);
    } catch (CorruptInputException | UnsupportedFeatureException e) {
      fail(line, e);
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

  private void fail(Map<String, Object> line, RuntimeException failure) {
    failures++;
    line.put("status", failure instanceof CorruptInputException ? "corrupt" : "unsupported");
    line.put("error", failure.getMessage());
    print(line);
  }

  private void print(Map<String, Object> line) {
    try {
      out.println(json.writeValueAsString(line));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
    out.flush();
  }
}
