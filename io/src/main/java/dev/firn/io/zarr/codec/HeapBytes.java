package dev.firn.io.zarr.codec;

import dev.firn.io.CorruptInputException;
import dev.firn.io.Origin;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.OptionalInt;

/** Buffers as the array-based libraries want them. */
final class HeapBytes {
  private HeapBytes() {}

  /** Position to limit of {@code bytes} in a buffer with an array: shared if there is one. */
  static ByteBuffer of(ByteBuffer bytes) {
    return bytes.hasArray() ? bytes.slice() : ByteBuffer.wrap(copy(bytes));
  }

  /** Position to limit of {@code bytes} in a new array. */
  static byte[] copy(ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(bytes.position(), copy);
    return copy;
  }

  static InputStream stream(ByteBuffer bytes) {
    return new ByteArrayInputStream(
        bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
  }

  /** Checks that {@code found} bytes were to come out of {@code codec}. */
  static void requireLength(String codec, long found, OptionalInt expected, Origin origin) {
    if (expected.isPresent() && expected.getAsInt() != found) {
      throw new CorruptInputException(
          "decode " + codec + " data",
          origin,
          "it holds " + found + " bytes, expected " + expected.getAsInt());
    }
  }
}
