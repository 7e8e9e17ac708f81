package dev.firn.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firn.io.CorruptInputException;
import dev.firn.io.FormatException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Lines of JSON about files and what is in them: one for each thing, which says what became of it.
 */
final class ExportLines {
  private final PrintWriter out;
  private final ObjectMapper json = new ObjectMapper();
  private int failures;

  ExportLines(PrintWriter out) {
    this.out = out;
  }

  /** What a line about something in {@code file} begins with. */
  static Map<String, Object> line(Path file) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("file", file.toString());
    return line;
  }

  /** Prints a line with the status that is given. */
  void print(Map<String, Object> line, String status) {
    line.put("status", status);
    try {
      out.println(json.writeValueAsString(line));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
    out.flush();
  }

  /** Prints a line about what could not be read. */
  void fail(Map<String, Object> line, FormatException failure) {
    failures++;
    line.put("error", failure.getMessage());
    print(line, failure instanceof CorruptInputException ? "corrupt" : "unsupported");
  }

  /** How many could not be read. */
  int failures() {
    return failures;
  }
}
