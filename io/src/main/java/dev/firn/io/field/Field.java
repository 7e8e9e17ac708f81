package dev.firn.io.field;

import java.util.Arrays;

/**
 * Values on a grid, row by row; NaN where a value is missing.
 *
 * <p>Rows and columns are in the order they were scanned: row 0 is the first row, column 0 the
 * first point of every row. The array is neither copied in nor out: whoever changes it changes the
 * field. Fields are equal when their grids are and their values are bit for bit, all NaN alike.
 */
public final class Field {
  private final Grid grid;
  private final float[] values;

  /** A field of {@code values}, which it keeps. */
  public Field(Grid grid, float[] values) {
    if (values.length != grid.points()) {
      throw new IllegalArgumentException(
          "Invalid field: " + values.length + " values on " + grid.points() + " points");
    }
    this.grid = grid;
    this.values = values;
  }

  /** Where the points are. */
  public Grid grid() {
    return grid;
  }

  /** The values, {@code row · columns + column}; not a copy. */
  public float[] values() {
    return values;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Field field
        && grid.equals(field.grid)
        && Arrays.equals(values, field.values);
  }

  @Override
  public int hashCode() {
    return 31 * grid.hashCode() + Arrays.hashCode(values);
  }
}
