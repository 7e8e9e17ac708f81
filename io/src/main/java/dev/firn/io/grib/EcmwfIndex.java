package dev.firn.io.grib;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firn.io.CorruptInputException;
import dev.firn.io.Origin;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The inventory ECMWF puts beside a GRIB file, {@code .index}: a JSON object on each line, with
 * MARS keys that say what a field is, and its message's {@code _offset} and {@code _length}.
 */
public final class EcmwfIndex {
  private static final ObjectMapper JSON = new ObjectMapper();

  private EcmwfIndex() {}

  /**
   * Parses an inventory; empty lines are passed over.
   *
   * @return one entry for each line, in order
   * @throws CorruptInputException naming the line that is malformed
   */
  public static List<EcmwfIndexEntry> parse(String text, Origin origin) {
    List<EcmwfIndexEntry> entries = new ArrayList<>();
    int number = 0;
    for (String line : text.split("\n")) {
      number++;
      if (!line.isBlank()) {
        entries.add(parseLine(line.strip(), number, origin));
      }
    }
    return entries;
  }

  private static EcmwfIndexEntry parseLine(String line, int number, Origin origin) {
    try {
      JsonNode object = JSON.readTree(line);
      long offset = position(object, "_offset");
      long length = position(object, "_length");
      Map<String, String> keys = new LinkedHashMap<>();
      object
          .properties()
          .forEach(
              key -> {
                if (!key.getKey().startsWith("_")) {
                  keys.put(key.getKey(), key.getValue().asText());
                }
              });
      return new EcmwfIndexEntry(keys, offset, length);
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new CorruptInputException(
          "read inventory line " + number,
          origin,
          "found \"" + line + "\", expected JSON with type, param, levtype, step, _offset, _length",
          e);
    }
  }

  private static long position(JsonNode object, String key) {
    JsonNode value = object.path(key);
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw new IllegalArgumentException("Invalid inventory line: " + key + " is " + value);
    }
    return value.longValue();
  }
}
