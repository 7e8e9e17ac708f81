package dev.firn.io.grib.grid;

import dev.firn.io.bytes.OctetReader;

/**
 * Flag table 3.4: the order points are stored in.
 *
 * @param flags the octet
 */
public record ScanningMode(int flags) {
  /** Bit 1: the points of a row run westward, −i. */
  public static final int COLUMNS_WESTWARD = 0x80;

  /** Bit 2: rows follow each other northward, +j. */
  public static final int ROWS_NORTHWARD = 0x40;

  /** Bit 3: stored neighbours lie along j, column after column. */
  public static final int COLUMN_BY_COLUMN = 0x20;

  /** Bit 4: every other stored line runs backward. */
  public static final int ALTERNATING = 0x10;

  private static final int OFFSET = 0x0F;

  /** Checks that it is an octet. */
  public ScanningMode {
    if ((flags & ~0xFF) != 0) {
      throw new IllegalArgumentException("Invalid scanning mode " + flags);
    }
  }

  static ScanningMode read(OctetReader section, int octet) {
    return new ScanningMode(section.uint8(octet));
  }

  /** Bits 5 to 8: whether points lie between those of a regular grid, in some rows at least. */
  boolean isOffset() {
    return (flags & OFFSET) != 0;
  }

  boolean columnsWestward() {
    return (flags & COLUMNS_WESTWARD) != 0;
  }

  boolean rowsNorthward() {
    return (flags & ROWS_NORTHWARD) != 0;
  }

  boolean columnByColumn() {
    return (flags & COLUMN_BY_COLUMN) != 0;
  }

  boolean alternating() {
    return (flags & ALTERNATING) != 0;
  }

  /**
   * Puts stored values in order: row by row, each in the direction of the first. May change {@code
   * stored}, and returns it where nothing moves between rows.
   */
  public float[] toRows(float[] stored, int rows, int columns) {
    int lineLength = columnByColumn() ? rows : columns;
    if (alternating()) {
      reverseEveryOther(stored, lineLength);
    }
    return columnByColumn() ? transpose(stored, columns, rows) : stored;
  }

  /** The inverse of {@link #toRows}; leaves {@code values} as they are. */
  public float[] fromRows(float[] values, int rows, int columns) {
    float[] stored = columnByColumn() ? transpose(values, rows, columns) : values.clone();
    if (alternating()) {
      reverseEveryOther(stored, columnByColumn() ? rows : columns);
    }
    return stored;
  }

  private static void reverseEveryOther(float[] values, int lineLength) {
    for (int start = lineLength; start < values.length; start += 2 * lineLength) {
      for (int i = start, j = start + lineLength - 1; i < j; i++, j--) {
        float swapped = values[i];
        values[i] = values[j];
        values[j] = swapped;
      }
    }
  }

  private static float[] transpose(float[] values, int lines, int lineLength) {
    float[] transposed = new float[values.length];
    for (int line = 0; line < lines; line++) {
      for (int i = 0; i < lineLength; i++) {
        transposed[i * lines + line] = values[line * lineLength + i];
      }
    }
    return transposed;
  }
}
