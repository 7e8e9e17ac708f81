package dev.firn.io.zarr;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.firn.io.CorruptInputException;
import dev.firn.io.Origin;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Map;

/**
 * JSON documents as zarr-python writes them: {@code json.dumps(indent=2)}, which means two spaces,
 * ASCII only, numbers as Python prints them, {@code NaN} and {@code Infinity} as bare words.
 */
public final class ZarrJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();
  private static final String INDENT = "  ";

  private final StringBuilder out = new StringBuilder();

  private ZarrJson() {}

  /** The document of {@code node}. */
  public static byte[] write(JsonNode node) {
    ZarrJson json = new ZarrJson();
    json.value(node, 0);
    return json.out.toString().getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * The content of a document.
   *
   * @throws CorruptInputException when it is not JSON
   */
  public static JsonNode parse(byte[] document, Origin origin) {
    try {
      return MAPPER.readTree(document);
    } catch (JsonProcessingException broken) {
      throw new CorruptInputException("read JSON", origin, broken.getOriginalMessage(), broken);
    } catch (IOException broken) {
      throw new CorruptInputException("read JSON", origin, broken.toString(), broken);
    }
  }

  private void value(JsonNode node, int depth) {
    if (node.isObject()) {
      object(node, depth);
    } else if (node.isArray()) {
      array(node, depth);
    } else if (node.isTextual()) {
      text(node.textValue());
    } else if (node.isFloatingPointNumber()) {
      out.append(PythonFloat.json(node.doubleValue()));
    } else {
      out.append(node.asText());
    }
  }

  private void object(JsonNode node, int depth) {
    String separator = "{";
    for (Iterator<Map.Entry<String, JsonNode>> fields = node.fields(); fields.hasNext(); ) {
      Map.Entry<String, JsonNode> field = fields.next();
      out.append(separator);
      newLine(depth + 1);
      text(field.getKey());
      out.append(": ");
      value(field.getValue(), depth + 1);
      separator = ",";
    }
    close(node, depth, "{}");
  }

  private void array(JsonNode node, int depth) {
    String separator = "[";
    for (JsonNode element : node) {
      out.append(separator);
      newLine(depth + 1);
      value(element, depth + 1);
      separator = ",";
    }
    close(node, depth, "[]");
  }

  private void close(JsonNode node, int depth, String brackets) {
    if (node.isEmpty()) {
      out.append(brackets);
    } else {
      newLine(depth);
      out.append(brackets.charAt(1));
    }
  }

  private void newLine(int depth) {
    out.append('\n').append(INDENT.repeat(depth));
  }

  private void text(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      character(text.charAt(i));
    }
    out.append('"');
  }

  private void character(char c) {
    switch (c) {
      case '"' -> out.append("\\\"");
      case '\\' -> out.append("\\\\");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      case '\b' -> out.append("\\b");
      case '\f' -> out.append("\\f");
      default -> {
        if (c < ' ' || c > '~') {
          out.append(String.format("\\u%04x", (int) c));
        } else {
          out.append(c);
        }
      }
    }
  }
}
