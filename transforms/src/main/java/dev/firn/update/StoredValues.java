package dev.firn.update;

import dev.firn.dataset.StoredType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;

/**
 * Values in hand, which are float32, and as they are stored: little-endian, of a variable's type.
 */
final class StoredValues {
  private final StoredType type;

  StoredValues(StoredType type) {
    this.type = type;
  }

  int sizeBytes() {
    return type.dataType().sizeBytes();
  }

  /** Writes {@code values}; those that are missing are the fill value of types that have no NaN. */
  void write(float[] values, ByteBuffer target) {
    ByteBuffer bytes = target.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    if (type.isFloat()) {
      bytes.asFloatBuffer().put(values);
      return;
    }
    short fill = fill();
    ShortBuffer shorts = bytes.asShortBuffer();
    for (float value : values) {
      shorts.put(Float.isNaN(value) ? fill : (short) value);
    }
  }

  private short fill() {
    return type.fill().bytes().order(ByteOrder.LITTLE_ENDIAN).getShort(0);
  }

  /** Reads as many values as there are. */
  float[] read(ByteBuffer source) {
    ByteBuffer bytes = source.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    float[] values = new float[bytes.remaining() / sizeBytes()];
    if (type.isFloat()) {
      bytes.asFloatBuffer().get(values);
      return values;
    }
    ShortBuffer shorts = bytes.asShortBuffer();
    for (int i = 0; i < values.length; i++) {
      values[i] = shorts.get(i);
    }
    return values;
  }
}
