package dev.firn.io.icechunk.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;

/**
 * Reads MessagePack (msgpack.org), in which version 1 keeps metadata values: the types that JSON
 * has.
 */
final class MessagePackReader {
  private static final int MAX_DEPTH = 128;
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final byte[] data;
  private final FlatBytes file;
  private int at;

  private MessagePackReader(byte[] data, FlatBytes file) {
    this.data = data;
    this.file = file;
  }

  /**
   * Reads a value.
   *
   * @param value its bytes
   * @param file what they are part of, for errors
   */
  static JsonNode read(Bytes value, FlatBytes file) {
    MessagePackReader reader = new MessagePackReader(value.array(), file);
    JsonNode json = reader.value(0);
    if (reader.at != value.length()) {
      throw reader.corrupt("a value that ends at byte " + reader.at);
    }
    return json;
  }

  private JsonNode value(int depth) {
    int code = (int) number(1);
    if (depth > MAX_DEPTH) {
      throw corrupt("values nested more than " + MAX_DEPTH + " deep");
    }
    if (code <= 0x7F || code >= 0xE0) {
      return JsonNumbers.signed((byte) code);
    }
    if (code <= 0x8F) {
      return map(code & 0x0F, depth);
    }
    if (code <= 0x9F) {
      return array(code & 0x0F, depth);
    }
    return code <= 0xBF ? NODES.textNode(text(code & 0x1F)) : sized(code, depth);
  }

  private JsonNode sized(int code, int depth) {
    return switch (code) {
      case 0xC0 -> NODES.nullNode();
      case 0xC2 -> NODES.booleanNode(false);
      case 0xC3 -> NODES.booleanNode(true);
      case 0xCA -> NODES.numberNode((double) Float.intBitsToFloat((int) number(4)));
      case 0xCB -> NODES.numberNode(Double.longBitsToDouble(number(8)));
      case 0xCC, 0xCD, 0xCE, 0xCF -> JsonNumbers.unsigned(number(1 << (code - 0xCC)));
      case 0xD0, 0xD1, 0xD2, 0xD3 -> JsonNumbers.signed(signed(1 << (code - 0xD0)));
      case 0xD9, 0xDA, 0xDB -> NODES.textNode(text(number(1 << (code - 0xD9))));
      case 0xDC, 0xDD -> array(number(2 << (code - 0xDC)), depth);
      case 0xDE, 0xDF -> map(number(2 << (code - 0xDE)), depth);
      default -> throw corrupt("a value of type " + code);
    };
  }

  private ArrayNode array(long count, int depth) {
    ArrayNode array = NODES.arrayNode();
    for (long i = 0; i < count; i++) {
      array.add(value(depth + 1));
    }
    return array;
  }

  private ObjectNode map(long count, int depth) {
    ObjectNode map = NODES.objectNode();
    for (long i = 0; i < count; i++) {
      JsonNode key = value(depth + 1);
      if (!key.isTextual()) {
        throw corrupt("a map key that is no text: " + key.getNodeType());
      }
      map.set(key.textValue(), value(depth + 1));
    }
    return map;
  }

  private String text(long length) {
    if (length > data.length - at) {
      throw corrupt("a text of " + length + " bytes");
    }
    String text = new String(data, at, (int) length, StandardCharsets.UTF_8);
    at += (int) length;
    return text;
  }

  private long signed(int width) {
    int unused = 64 - 8 * width;
    return number(width) << unused >> unused;
  }

  /** An unsigned big-endian number. */
  private long number(int width) {
    if (width > data.length - at) {
      throw corrupt("a number of " + width + " bytes at its end");
    }
    long number = 0;
    for (int i = 0; i < width; i++) {
      number = number << 8 | (data[at++] & 0xFF);
    }
    return number;
  }

  private IcechunkException corrupt(String detail) {
    return file.corrupt("a MessagePack value of " + data.length + " bytes has " + detail);
  }
}
