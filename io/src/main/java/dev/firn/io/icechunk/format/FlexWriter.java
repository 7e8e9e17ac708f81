package dev.firn.io.icechunk.format;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes FlexBuffers from JSON, as {@link FlexReader} reads them: contents first, then the vectors
 * that point back to them, each with the least width that its elements fit. Keys of maps are sorted
 * and each is written once.
 */
final class FlexWriter {
  private static final BigInteger MAX_UNSIGNED = BigInteger.ONE.shiftLeft(64);

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final Map<String, Value> keys = new HashMap<>();

  private FlexWriter() {}

  /**
   * A value before its width is known.
   *
   * @param bits a number, or where the content is
   * @param contentWidth the logarithm of the width of the content's own numbers
   */
  private record Value(int type, long bits, int contentWidth) {
    boolean isPointer() {
      return type >= FlexType.KEY && type <= FlexType.VECTOR;
    }

    /** What is written at {@code at}. */
    long bitsAt(long at) {
      return isPointer() ? at - bits : bits;
    }

    boolean fits(int width, long at) {
      return switch (type) {
        case FlexType.FLOAT -> width == 3;
        case FlexType.INT -> signedWidth(bits) <= width;
        default -> unsignedWidth(bitsAt(at)) <= width;
      };
    }

    int packedType(int width) {
      return type << 2 | (isPointer() ? contentWidth : width);
    }
  }

  /** The value's bytes. */
  static byte[] write(JsonNode json) {
    FlexWriter writer = new FlexWriter();
    Value root = writer.value(json);
    int width = writer.width(List.of(root), 0);
    writer.align(width);
    writer.number(root.bitsAt(writer.out.size()), width);
    writer.out.write(root.packedType(width));
    writer.out.write(1 << width);
    return writer.out.toByteArray();
  }

  private Value value(JsonNode json) {
    return switch (json.getNodeType()) {
      case NULL -> new Value(FlexType.NULL, 0, 0);
      case BOOLEAN -> new Value(FlexType.BOOL, json.booleanValue() ? 1 : 0, 0);
      case NUMBER -> number(json);
      case STRING -> text(json.textValue());
      case ARRAY -> array(json);
      case OBJECT -> object(json);
      default -> throw new IllegalArgumentException("Not a JSON value: " + json.getNodeType());
    };
  }

  private static Value number(JsonNode json) {
    if (!json.isIntegralNumber()) {
      return new Value(FlexType.FLOAT, Double.doubleToRawLongBits(json.doubleValue()), 0);
    }
    BigInteger value = json.bigIntegerValue();
    if (value.signum() < 0 ? value.bitLength() > 63 : value.compareTo(MAX_UNSIGNED) >= 0) {
      throw new IllegalArgumentException("Integer " + value + " has more than 64 bits");
    }
    return new Value(value.signum() < 0 ? FlexType.INT : FlexType.UINT, value.longValue(), 0);
  }

  private Value text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    int width = unsignedWidth(utf8.length);
    align(width);
    number(utf8.length, width);
    Value value = new Value(FlexType.STRING, out.size(), width);
    out.writeBytes(utf8);
    out.write(0);
    return value;
  }

  private Value key(String key) {
    Value value = new Value(FlexType.KEY, out.size(), 0);
    if (key.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("A key has a zero character: " + key);
    }
    out.writeBytes(key.getBytes(StandardCharsets.UTF_8));
    out.write(0);
    return value;
  }

  private Value array(JsonNode json) {
    List<Value> elements = new ArrayList<>();
    for (JsonNode element : json) {
      elements.add(value(element));
    }
    int width = width(elements, 1);
    align(width);
    return elements(FlexType.VECTOR, elements, width);
  }

  private Value object(JsonNode json) {
    Map<String, Value> sorted = new TreeMap<>(Utf8Order.COMPARATOR);
    for (Map.Entry<String, JsonNode> field : json.properties()) {
      sorted.put(field.getKey(), value(field.getValue()));
    }
    List<Value> names = new ArrayList<>();
    for (String name : sorted.keySet()) {
      names.add(keys.computeIfAbsent(name, this::key));
    }
    int keyWidth = width(names, 1);
    align(keyWidth);
    number(names.size(), keyWidth);
    long keysAt = out.size();
    pointers(names, keyWidth);
    List<Value> values = List.copyOf(sorted.values());
    List<Value> withPrefix = new ArrayList<>(values);
    // The map's first number points to the keys, as an element would.
    withPrefix.add(0, new Value(FlexType.KEY, keysAt, 0));
    int width = Math.max(width(withPrefix, 0), width(values, 3));
    align(width);
    number(out.size() - keysAt, width);
    number(1L << keyWidth, width);
    return elements(FlexType.MAP, values, width);
  }

  /** Writes number of elements, elements and their types. */
  private Value elements(int type, List<Value> elements, int width) {
    number(elements.size(), width);
    Value value = new Value(type, out.size(), width);
    pointers(elements, width);
    for (Value element : elements) {
      out.write(element.packedType(width));
    }
    return value;
  }

  private void pointers(List<Value> elements, int width) {
    for (Value element : elements) {
      number(element.bitsAt(out.size()), width);
    }
  }

  /** The least width for these elements, when as many numbers as {@code before} precede them. */
  private int width(List<Value> elements, int before) {
    int width = unsignedWidth(elements.size());
    while (!fits(elements, before, width)) {
      width++;
    }
    return width;
  }

  private boolean fits(List<Value> elements, int before, int width) {
    long at = aligned(width) + ((long) before << width);
    for (Value element : elements) {
      if (!element.fits(width, at)) {
        return false;
      }
      at += 1L << width;
    }
    return true;
  }

  private long aligned(int width) {
    long unit = 1L << width;
    return (out.size() + unit - 1) & -unit;
  }

  private void align(int width) {
    for (long padding = aligned(width) - out.size(); padding > 0; padding--) {
      out.write(0);
    }
  }

  private void number(long bits, int width) {
    for (int i = 0; i < 1 << width; i++) {
      out.write((int) (bits >> (8 * i)));
    }
  }

  private static int unsignedWidth(long bits) {
    int length = 64 - Long.numberOfLeadingZeros(bits);
    return length <= 8 ? 0 : length <= 16 ? 1 : length <= 32 ? 2 : 3;
  }

  private static int signedWidth(long bits) {
    return bits == (byte) bits ? 0 : bits == (short) bits ? 1 : bits == (int) bits ? 2 : 3;
  }
}
