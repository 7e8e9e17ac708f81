package dev.firn.io.icechunk.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigInteger;

/** Integers as JSON nodes of the narrowest type, as Jackson's own parser makes them. */
final class JsonNumbers {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private JsonNumbers() {}

  static JsonNode signed(long value) {
    return value == (int) value ? NODES.numberNode((int) value) : NODES.numberNode(value);
  }

  static JsonNode unsigned(long bits) {
    return bits >= 0 ? signed(bits) : NODES.numberNode(new BigInteger(Long.toUnsignedString(bits)));
  }
}
