package dev.firn.io.icechunk.format;

import java.nio.ByteBuffer;

/** The 12 bytes that the three longer kinds of id have. */
final class Id12 {
  static final int LENGTH = 12;

  private Id12() {}

  static void check(byte[] bytes) {
    if (bytes.length != LENGTH) {
      throw new IllegalArgumentException("An id has 12 bytes, not " + bytes.length);
    }
  }

  static long high(byte[] bytes) {
    return ByteBuffer.wrap(bytes).getLong(0);
  }

  static int low(byte[] bytes) {
    return ByteBuffer.wrap(bytes).getInt(8);
  }

  static byte[] bytes(long high, int low) {
    return ByteBuffer.allocate(LENGTH).putLong(high).putInt(low).array();
  }
}
