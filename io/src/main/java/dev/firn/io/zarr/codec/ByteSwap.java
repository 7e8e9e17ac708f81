package dev.firn.io.zarr.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Turns the byte order of elements round: the {@code bytes} codec with big-endian storage. */
public final class ByteSwap {
  private ByteSwap() {}

  /**
   * A copy of position to limit of {@code elements} in which each unit has its bytes in the
   * opposite order.
   *
   * @param unitBytes 2, 4 or 8
   */
  public static ByteBuffer swap(ByteBuffer elements, int unitBytes) {
    ByteBuffer from = elements.slice().order(ByteOrder.BIG_ENDIAN);
    ByteBuffer to = ByteBuffer.allocate(from.remaining()).order(ByteOrder.LITTLE_ENDIAN);
    switch (unitBytes) {
      case 2 -> to.asShortBuffer().put(from.asShortBuffer());
      case 4 -> to.asIntBuffer().put(from.asIntBuffer());
      case 8 -> to.asLongBuffer().put(from.asLongBuffer());
      default ->
          throw new IllegalArgumentException(
              "Invalid unit of " + unitBytes + " bytes: expected 2, 4 or 8");
    }
    return to;
  }
}
