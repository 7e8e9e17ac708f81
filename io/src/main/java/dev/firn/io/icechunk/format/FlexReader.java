package dev.firn.io.icechunk.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;

/**
 * Reads FlexBuffers (flatbuffers.dev/flexbuffers), in which version 2 keeps metadata values and
 * configuration. A value is a number of 1, 2, 4 or 8 bytes; of all but plain numbers it is the
 * distance back to the content.
 */
final class FlexReader {
  private static final int MAX_DEPTH = 128;
  private static final int VALUE_CHARGE = 16;
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final byte[] data;
  private final FlatBytes file;

  private FlexReader(byte[] data, FlatBytes file) {
    this.data = data;
    this.file = file;
  }

  /**
   * Reads a value.
   *
   * @param value its bytes
   * @param file what they are part of, to which errors and what is kept are charged
   */
  static JsonNode read(Bytes value, FlatBytes file) {
    FlexReader reader = new FlexReader(value.array(), file);
    int end = value.length();
    int width = reader.unsignedByte(end - 1);
    if (width != 1 && width != 2 && width != 4 && width != 8) {
      throw reader.corrupt("a root of " + width + " bytes");
    }
    return reader.value(end - 2L - width, width, reader.unsignedByte(end - 2), 0);
  }

  private JsonNode value(long at, int width, int packedType, int depth) {
    int type = packedType >> 2;
    if (depth > MAX_DEPTH) {
      throw corrupt("values nested more than " + MAX_DEPTH + " deep");
    }
    file.charge(VALUE_CHARGE);
    return switch (type) {
      case FlexType.NULL -> NODES.nullNode();
      case FlexType.BOOL -> NODES.booleanNode(number(at, width) != 0);
      case FlexType.INT, FlexType.UINT, FlexType.FLOAT -> scalar(type, at, width);
      default -> content(type, target(at, width), 1 << (packedType & 3), depth);
    };
  }

  private JsonNode content(int type, long at, int width, int depth) {
    if (type >= FlexType.INDIRECT_INT && type <= FlexType.INDIRECT_FLOAT) {
      return scalar(type - FlexType.INDIRECT_INT + FlexType.INT, at, width);
    }
    return switch (type) {
      case FlexType.KEY -> NODES.textNode(key(at));
      case FlexType.STRING -> NODES.textNode(text(at, number(at - width, width)));
      case FlexType.MAP -> map(at, width, depth);
      case FlexType.VECTOR -> vector(at, width, depth);
      default -> typedVector(type, at, width, depth);
    };
  }

  private JsonNode scalar(int type, long at, int width) {
    if (type == FlexType.FLOAT) {
      return NODES.numberNode(floatingPoint(at, width));
    }
    long bits = number(at, width);
    if (type == FlexType.UINT) {
      return JsonNumbers.unsigned(bits);
    }
    int unused = 64 - 8 * width;
    return JsonNumbers.signed(bits << unused >> unused);
  }

  private double floatingPoint(long at, int width) {
    long bits = number(at, width);
    return switch (width) {
      case 8 -> Double.longBitsToDouble(bits);
      case 4 -> Float.intBitsToFloat((int) bits);
      default -> throw corrupt("a floating-point number of " + width + " bytes");
    };
  }

  private ObjectNode map(long at, int width, int depth) {
    int count = count(at, width);
    long keys = target(at - 3L * width, width);
    int keyWidth = (int) number(at - 2L * width, width);
    if (keyWidth != 1 && keyWidth != 2 && keyWidth != 4 && keyWidth != 8) {
      throw corrupt("map keys of " + keyWidth + " bytes");
    }
    ObjectNode map = NODES.objectNode();
    for (int i = 0; i < count; i++) {
      String key = key(target(keys + (long) i * keyWidth, keyWidth));
      map.set(key, element(at, width, count, i, depth));
    }
    return map;
  }

  private ArrayNode vector(long at, int width, int depth) {
    int count = count(at, width);
    ArrayNode vector = NODES.arrayNode();
    for (int i = 0; i < count; i++) {
      vector.add(element(at, width, count, i, depth));
    }
    return vector;
  }

  /** An element of a vector at whose end are the types. */
  private JsonNode element(long at, int width, int count, int i, int depth) {
    int packedType = unsignedByte(at + (long) count * width + i);
    return value(at + (long) i * width, width, packedType, depth + 1);
  }

  private ArrayNode typedVector(int type, long at, int width, int depth) {
    int elementType;
    int count;
    if (type >= FlexType.VECTOR_INT2 && type <= FlexType.VECTOR_FLOAT4) {
      elementType = (type - FlexType.VECTOR_INT2) % 3 + FlexType.INT;
      count = (type - FlexType.VECTOR_INT2) / 3 + 2;
    } else if (type >= FlexType.VECTOR_INT && type <= FlexType.VECTOR_KEY) {
      elementType = type - FlexType.VECTOR_INT + FlexType.INT;
      count = count(at, width);
    } else if (type == FlexType.VECTOR_BOOL) {
      elementType = FlexType.BOOL;
      count = count(at, width);
    } else {
      throw corrupt("a value of type " + type);
    }
    ArrayNode vector = NODES.arrayNode();
    for (int i = 0; i < count; i++) {
      vector.add(value(at + (long) i * width, width, elementType << 2, depth + 1));
    }
    return vector;
  }

  /** The number of elements of the vector whose first is at {@code at}. */
  private int count(long at, int width) {
    long count = number(at - width, width);
    if (count < 0 || count > (data.length - at) / width) {
      throw corrupt("a vector of " + Long.toUnsignedString(count) + " elements");
    }
    return (int) count;
  }

  private String key(long at) {
    long end = at;
    while (unsignedByte(end) != 0) {
      end++;
    }
    return text(at, end - at);
  }

  private String text(long at, long length) {
    if (at < 0 || length < 0 || length > data.length - at) {
      throw corrupt("a text of " + Long.toUnsignedString(length) + " bytes");
    }
    file.charge(length);
    return new String(data, (int) at, (int) length, StandardCharsets.UTF_8);
  }

  private long target(long at, int width) {
    long distance = number(at, width);
    if (distance < 0 || distance > at) {
      throw corrupt("a pointer back over " + Long.toUnsignedString(distance) + " bytes");
    }
    return at - distance;
  }

  /** An unsigned little-endian number. */
  private long number(long at, int width) {
    long number = 0;
    for (int i = width - 1; i >= 0; i--) {
      number = number << 8 | unsignedByte(at + i);
    }
    return number;
  }

  private int unsignedByte(long at) {
    if (at < 0 || at >= data.length) {
      throw corrupt("a pointer to byte " + at);
    }
    return data[(int) at] & 0xFF;
  }

  private IcechunkException corrupt(String detail) {
    return file.corrupt("a FlexBuffers value of " + data.length + " bytes has " + detail);
  }
}
