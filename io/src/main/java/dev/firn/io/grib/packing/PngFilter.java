package dev.firn.io.grib.packing;

/**
 * Filters of PNG rows (ISO/IEC 15948, 9.2): each octet was reduced by a prediction from the octets
 * of the pixel to the left, the one above and the one above the left.
 */
final class PngFilter {
  private static final int NONE = 0;
  private static final int SUB = 1;
  private static final int UP = 2;
  private static final int AVERAGE = 3;
  private static final int PAETH = 4;

  private PngFilter() {}

  /**
   * Undoes a filter in place. Both rows begin with one pixel of zeros.
   *
   * @param pixel octets in a pixel, at least 1
   * @param count octets in the row after that pixel
   * @return whether there is such a filter
   */
  static boolean undo(int filter, byte[] row, byte[] above, int pixel, int count) {
    int end = pixel + count;
    switch (filter) {
      case NONE -> {}
      case SUB -> undoSub(row, pixel, end);
      case UP -> undoUp(row, above, pixel, end);
      case AVERAGE -> undoAverage(row, above, pixel, end);
      case PAETH -> undoPaeth(row, above, pixel, end);
      default -> {
        return false;
      }
    }
    return true;
  }

  private static void undoSub(byte[] row, int pixel, int end) {
    for (int i = pixel; i < end; i++) {
      row[i] += row[i - pixel];
    }
  }

  private static void undoUp(byte[] row, byte[] above, int pixel, int end) {
    for (int i = pixel; i < end; i++) {
      row[i] += above[i];
    }
  }

  private static void undoAverage(byte[] row, byte[] above, int pixel, int end) {
    for (int i = pixel; i < end; i++) {
      row[i] += (byte) (((row[i - pixel] & 0xFF) + (above[i] & 0xFF)) >>> 1);
    }
  }

  private static void undoPaeth(byte[] row, byte[] above, int pixel, int end) {
    for (int i = pixel; i < end; i++) {
      int left = row[i - pixel] & 0xFF;
      int up = above[i] & 0xFF;
      int corner = above[i - pixel] & 0xFF;
      int fromLeft = Math.abs(up - corner);
      int fromUp = Math.abs(left - corner);
      int fromCorner = Math.abs(left + up - 2 * corner);
      int nearest = fromUp <= fromCorner ? up : corner;
      row[i] += (byte) (fromLeft <= fromUp && fromLeft <= fromCorner ? left : nearest);
    }
  }
}
