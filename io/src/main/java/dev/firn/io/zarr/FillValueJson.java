package dev.firn.io.zarr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.firn.io.CorruptInputException;
import dev.firn.io.Origin;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Fill values in metadata (Zarr v3 core, section "Fill value"): JSON booleans and numbers, {@code
 * "NaN"}, {@code "Infinity"}, {@code "-Infinity"}, the bits of a float as {@code "0x…"} with the
 * most significant byte first, pairs of floats, lists of bytes.
 */
final class FillValueJson {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String HEX_PREFIX = "0x";

  private FillValueJson() {}

  static FillValue parse(JsonNode json, DataType dataType, Origin origin) {
    try {
      return new FillValue(dataType, bytes(json, dataType));
    } catch (IllegalArgumentException | ArithmeticException invalid) {
      throw new CorruptInputException(
          "read metadata",
          origin,
          "'fill_value' is " + json + ", expected a value of data type " + dataType,
          invalid);
    }
  }

  private static byte[] bytes(JsonNode json, DataType dataType) {
    return switch (dataType.kind()) {
      case BOOL -> {
        require(json.isBoolean());
        yield ElementBits.ofInteger(
            dataType, json.booleanValue() ? BigInteger.ONE : BigInteger.ZERO);
      }
      case SIGNED, UNSIGNED -> {
        require(json.isNumber());
        // Some writers put 0.0 for the integer 0.
        yield ElementBits.ofInteger(dataType, json.decimalValue().toBigIntegerExact());
      }
      case FLOAT -> floatBytes(json, dataType.sizeBytes());
      case COMPLEX -> {
        require(json.isArray() && json.size() == 2);
        int half = dataType.sizeBytes() / 2;
        ByteBuffer both = ByteBuffer.allocate(dataType.sizeBytes());
        yield both.put(floatBytes(json.get(0), half)).put(floatBytes(json.get(1), half)).array();
      }
      case RAW -> rawBytes(json);
    };
  }

  private static byte[] floatBytes(JsonNode json, int sizeBytes) {
    DataType dataType = DataType.parse("float" + sizeBytes * Byte.SIZE);
    if (json.isNumber()) {
      return ElementBits.ofFloat(dataType, json.doubleValue());
    }
    require(json.isTextual());
    String text = json.textValue();
    if (text.startsWith(HEX_PREFIX)) {
      byte[] bits = reversed(HexFormat.of().parseHex(text.substring(HEX_PREFIX.length())));
      require(bits.length == sizeBytes);
      return bits;
    }
    return ElementBits.ofFloat(
        dataType,
        switch (text) {
          case "NaN" -> Double.NaN;
          case "Infinity" -> Double.POSITIVE_INFINITY;
          case "-Infinity" -> Double.NEGATIVE_INFINITY;
          default -> throw new IllegalArgumentException(text);
        });
  }

  private static byte[] rawBytes(JsonNode json) {
    require(json.isArray());
    byte[] bytes = new byte[json.size()];
    for (int i = 0; i < bytes.length; i++) {
      require(json.get(i).isIntegralNumber());
      bytes[i] = ElementBits.ofInteger(DataType.UINT8, json.get(i).bigIntegerValue())[0];
    }
    return bytes;
  }

  static JsonNode toJson(FillValue value) {
    DataType dataType = value.dataType();
    ByteBuffer bytes = value.bytes();
    return switch (dataType.kind()) {
      case BOOL -> JSON.booleanNode(bytes.get(0) != 0);
      case SIGNED -> JSON.numberNode(ElementBits.integerAt(bytes, 0, dataType));
      case UNSIGNED ->
          JSON.numberNode(
              new BigInteger(Long.toUnsignedString(ElementBits.integerAt(bytes, 0, dataType))));
      case FLOAT -> floatJson(bytes, 0, dataType.sizeBytes());
      case COMPLEX -> {
        int half = dataType.sizeBytes() / 2;
        ArrayNode pair = JSON.arrayNode();
        yield pair.add(floatJson(bytes, 0, half)).add(floatJson(bytes, half, half));
      }
      case RAW -> {
        ArrayNode list = JSON.arrayNode();
        while (bytes.hasRemaining()) {
          list.add(bytes.get() & 0xff);
        }
        yield list;
      }
    };
  }

  private static JsonNode floatJson(ByteBuffer bytes, int at, int sizeBytes) {
    double value = ElementBits.floatAt(bytes, at, sizeBytes);
    if (Double.isInfinite(value)) {
      return JSON.textNode(value > 0 ? "Infinity" : "-Infinity");
    }
    if (!Double.isNaN(value)) {
      return JSON.numberNode(value);
    }
    byte[] bits = new byte[sizeBytes];
    bytes.get(at, bits);
    byte[] canonical = floatBytes(JSON.textNode("NaN"), sizeBytes);
    return JSON.textNode(
        Arrays.equals(bits, canonical)
            ? "NaN"
            : HEX_PREFIX + HexFormat.of().formatHex(reversed(bits)));
  }

  private static byte[] reversed(byte[] bytes) {
    byte[] reversed = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      reversed[i] = bytes[bytes.length - 1 - i];
    }
    return reversed;
  }

  private static void require(boolean condition) {
    if (!condition) {
      throw new IllegalArgumentException("the JSON has another form");
    }
  }
}
