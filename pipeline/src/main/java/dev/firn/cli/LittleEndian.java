package dev.firn.cli;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Arrays as bytes, as numpy and most programs take them. */
final class LittleEndian {
  private LittleEndian() {}

  static byte[] bytes(float[] values) {
    byte[] bytes = new byte[Math.multiplyExact(values.length, Float.BYTES)];
    buffer(bytes).asFloatBuffer().put(values);
    return bytes;
  }

  static byte[] bytes(double[] values) {
    byte[] bytes = new byte[Math.multiplyExact(values.length, Double.BYTES)];
    buffer(bytes).asDoubleBuffer().put(values);
    return bytes;
  }

  private static ByteBuffer buffer(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
