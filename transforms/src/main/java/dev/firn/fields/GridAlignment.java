package dev.firn.fields;

import java.util.Objects;

/**
 * Puts the rows and columns of a latitude/longitude field where the target axes have them: rows may
 * run the other way, columns may start at another longitude.
 *
 * <p>Fields are row-major, latitude by longitude. Source and target must be the same points, within
 * 20 micro-degrees, longitudes modulo 360.
 */
public final class GridAlignment implements GridTransfer {
  private final int rows;
  private final int columns;
  private final boolean flipped;
  private final int firstColumn;

  private GridAlignment(int rows, int columns, boolean flipped, int firstColumn) {
    this.rows = rows;
    this.columns = columns;
    this.flipped = flipped;
    this.firstColumn = firstColumn;
  }

  /**
   * The alignment from the axes of decoded fields to those of an array, in degrees.
   *
   * @throws IllegalArgumentException if they are not the same points
   */
  public static GridAlignment of(
      double[] sourceLatitudes,
      double[] sourceLongitudes,
      double[] targetLatitudes,
      double[] targetLongitudes) {
    return of(
        AxisMatch.Unit.DEGREES,
        sourceLatitudes,
        sourceLongitudes,
        targetLatitudes,
        targetLongitudes);
  }

  /**
   * The alignment between points of one map, in metres.
   *
   * @throws IllegalArgumentException if they are not the same points
   */
  public static GridAlignment ofMetres(
      double[] sourceY, double[] sourceX, double[] targetY, double[] targetX) {
    return of(AxisMatch.Unit.METRES, sourceY, sourceX, targetY, targetX);
  }

  private static GridAlignment of(
      AxisMatch.Unit unit,
      double[] sourceRows,
      double[] sourceColumns,
      double[] targetRows,
      double[] targetColumns) {
    return new GridAlignment(
        targetRows.length,
        targetColumns.length,
        AxisMatch.rowsAreReversed(unit, sourceRows, targetRows),
        AxisMatch.firstColumn(unit, sourceColumns, targetColumns));
  }

  /**
   * Fields of files that do not say where their points are: of the same shape, in place.
   *
   * @throws IllegalArgumentException if the shape is another
   */
  public static GridAlignment ofShape(
      int sourceRows, int sourceColumns, int targetRows, int targetColumns) {
    if (sourceRows != targetRows || sourceColumns != targetColumns) {
      throw new IllegalArgumentException(
          "Cannot align: field has %d rows of %d points, expected %d of %d"
              .formatted(sourceRows, sourceColumns, targetRows, targetColumns));
    }
    return new GridAlignment(targetRows, targetColumns, false, 0);
  }

  /** Whether fields are in place already. */
  public boolean isIdentity() {
    return !flipped && firstColumn == 0;
  }

  @Override
  public void copyRow(float[] source, int targetRow, float[] target, int targetOffset) {
    Objects.checkIndex(targetRow, rows);
    int row = flipped ? rows - 1 - targetRow : targetRow;
    int start = row * columns;
    int east = columns - firstColumn;
    System.arraycopy(source, start + firstColumn, target, targetOffset, east);
    System.arraycopy(source, start, target, targetOffset + east, firstColumn);
  }

  /** A new field with the values of {@code source} in place. */
  public float[] align(float[] source) {
    if (source.length != rows * columns) {
      throw new IllegalArgumentException(
          "Cannot align field: it has %d values, its grid %d rows of %d"
              .formatted(source.length, rows, columns));
    }
    float[] target = new float[source.length];
    for (int row = 0; row < rows; row++) {
      copyRow(source, row, target, row * columns);
    }
    return target;
  }
}
