package dev.firn.io.grib.packing;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Filters of PNG rows (ISO/IEC 15948, 9.2): each octet was reduced by a prediction from the octets
 * of the pixel to the left, the one above and the one above the left; those outside the image are
 * 0.
 *
 * <p>Octets a prediction needs again are kept in variables, as a load would wait for the store
 * before it; and two octets of a pixel are done side by side, as each waits for its left neighbour.
 */
final class PngFilter {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final long LOW_BITS = 0x7F7F_7F7F_7F7F_7F7FL;
  private static final int NONE = 0;
  private static final int SUB = 1;
  private static final int UP = 2;
  private static final int AVERAGE = 3;
  private static final int PAETH = 4;

  private final byte[] rows;
  private final int stride;
  private final int pixel;

  /**
   * Filters of rows in an array.
   *
   * @param stride octets from one row to the next
   * @param pixel octets in a pixel, at least 1
   */
  PngFilter(byte[] rows, int stride, int pixel) {
    this.rows = rows;
    this.stride = stride;
    this.pixel = pixel;
  }

  /**
   * Undoes a filter in place.
   *
   * @param from index of the row's first pixel
   * @param to index after its last
   * @return whether there is such a filter
   */
  boolean undo(int filter, int from, int to) {
    switch (filter) {
      case NONE -> {}
      case SUB -> undoSub(from, to);
      case UP -> undoUp(from, to);
      case AVERAGE -> undoAverage(from, to);
      case PAETH -> undoPaeth(from, to);
      default -> {
        return false;
      }
    }
    return true;
  }

  private void undoSub(int from, int to) {
    for (int octet = 0; octet < pixel; octet++) {
      int left = 0;
      for (int i = from + octet; i < to; i += pixel) {
        left += rows[i];
        rows[i] = (byte) left;
      }
    }
  }

  /** Adds eight octets at once, without carry from one to the next. */
  private void undoUp(int from, int to) {
    int i = from;
    for (; i + Long.BYTES <= to; i += Long.BYTES) {
      long here = (long) LONG.get(rows, i);
      long above = (long) LONG.get(rows, i - stride);
      LONG.set(rows, i, ((here & LOW_BITS) + (above & LOW_BITS)) ^ ((here ^ above) & ~LOW_BITS));
    }
    for (; i < to; i++) {
      rows[i] += rows[i - stride];
    }
  }

  private void undoAverage(int from, int to) {
    for (int octet = 0; octet < pixel; octet++) {
      int left = 0;
      for (int i = from + octet; i < to; i += pixel) {
        left = (rows[i] + ((left + (rows[i - stride] & 0xFF)) >>> 1)) & 0xFF;
        rows[i] = (byte) left;
      }
    }
  }

  private void undoPaeth(int from, int to) {
    int octet = 0;
    for (; octet + 1 < pixel; octet += 2) {
      undoPaethOfTwo(from + octet, to);
    }
    if (octet < pixel) {
      undoPaethOfOne(from + octet, to);
    }
  }

  private void undoPaethOfOne(int from, int to) {
    int left = 0;
    int corner = 0;
    for (int i = from; i < to; i += pixel) {
      int above = rows[i - stride] & 0xFF;
      left = (rows[i] + nearest(left, above, corner)) & 0xFF;
      rows[i] = (byte) left;
      corner = above;
    }
  }

  private void undoPaethOfTwo(int from, int to) {
    int left = 0;
    int left2 = 0;
    int corner = 0;
    int corner2 = 0;
    for (int i = from; i + 1 < to; i += pixel) {
      int above = rows[i - stride] & 0xFF;
      int above2 = rows[i + 1 - stride] & 0xFF;
      left = (rows[i] + nearest(left, above, corner)) & 0xFF;
      left2 = (rows[i + 1] + nearest(left2, above2, corner2)) & 0xFF;
      rows[i] = (byte) left;
      rows[i + 1] = (byte) left2;
      corner = above;
      corner2 = above2;
    }
  }

  /**
   * Whichever of three octets is nearest to {@code left + above − corner}; of equally near ones the
   * first. A corner between the two others is nearest unless it is more than twice as far from one
   * of them as from the other; {@code threshold} puts all cases into two comparisons. They are made
   * without branches, which would go wrong for every other pixel.
   */
  private static int nearest(int left, int above, int corner) {
    int threshold = 3 * corner - left - above;
    int low = Math.min(left, above);
    int high = Math.max(left, above);
    int fromHigh = (threshold - high) >> 31;
    int lowOrCorner = low ^ ((low ^ corner) & fromHigh);
    int fromLow = (low - threshold) >> 31;
    return high ^ ((high ^ lowOrCorner) & fromLow);
  }
}
