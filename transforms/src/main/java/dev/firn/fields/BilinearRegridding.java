package dev.firn.fields;

/**
 * Interpolates fields on a global latitude/longitude grid between the four points around each point
 * of another such grid. Columns close around the globe. Computed in double, stored as float32; a
 * point that coincides with one of the source has its value exactly.
 */
public final class BilinearRegridding implements GridTransfer {
  private static final double TURN = 360;
  private static final double EXACT = 1e-6;

  private final int sourceColumns;
  private final Position[] rows;
  private final Position[] columns;

  private BilinearRegridding(int sourceColumns, Position[] rows, Position[] columns) {
    this.sourceColumns = sourceColumns;
    this.rows = rows;
    this.columns = columns;
  }

  /** Between two points of a source axis, {@code share} of the way from the first. */
  private record Position(int first, int second, double share) {}

  /**
   * The interpolation between the axes of fields and those of an array, evenly spaced, in degrees.
   *
   * @throws IllegalArgumentException if a target row lies outside the source's, or the source does
   *     not go around the globe
   */
  public static BilinearRegridding of(
      double[] sourceLatitudes,
      double[] sourceLongitudes,
      double[] targetLatitudes,
      double[] targetLongitudes) {
    double step = sourceLongitudes[1] - sourceLongitudes[0];
    if (Math.abs(Math.abs(step) * sourceLongitudes.length - TURN) > EXACT * TURN) {
      throw new IllegalArgumentException(
          "Cannot regrid: %d columns of %s degrees do not go around the globe"
              .formatted(sourceLongitudes.length, step));
    }
    Position[] rows = new Position[targetLatitudes.length];
    for (int row = 0; row < rows.length; row++) {
      rows[row] = row(sourceLatitudes, targetLatitudes[row]);
    }
    Position[] columns = new Position[targetLongitudes.length];
    for (int column = 0; column < columns.length; column++) {
      double east = (targetLongitudes[column] - sourceLongitudes[0]) / step;
      columns[column] = column(sourceLongitudes.length, east);
    }
    return new BilinearRegridding(sourceLongitudes.length, rows, columns);
  }

  private static Position row(double[] latitudes, double latitude) {
    double at = (latitude - latitudes[0]) / (latitudes[1] - latitudes[0]);
    double nearest = Math.rint(at);
    double place = Math.abs(at - nearest) < EXACT ? nearest : at;
    if (place < 0 || place > latitudes.length - 1) {
      throw new IllegalArgumentException(
          "Cannot regrid: latitude %s is outside the grid's, %s to %s"
              .formatted(latitude, latitudes[0], latitudes[latitudes.length - 1]));
    }
    int first = Math.min((int) place, latitudes.length - 1);
    return new Position(first, Math.min(first + 1, latitudes.length - 1), place - first);
  }

  private static Position column(int count, double at) {
    double nearest = Math.rint(at);
    double place = Math.abs(at - nearest) < EXACT ? nearest : at;
    double whole = Math.floor(place);
    int first = Math.floorMod((int) whole, count);
    return new Position(first, (first + 1) % count, place - whole);
  }

  @Override
  public void copyRow(float[] source, int targetRow, float[] target, int targetOffset) {
    Position row = rows[targetRow];
    int upper = row.first() * sourceColumns;
    int lower = row.second() * sourceColumns;
    for (int i = 0; i < columns.length; i++) {
      Position column = columns[i];
      double above =
          between(source[upper + column.first()], source[upper + column.second()], column);
      double below =
          between(source[lower + column.first()], source[lower + column.second()], column);
      target[targetOffset + i] = (float) between(above, below, row);
    }
  }

  /** A point that coincides is not touched by a missing neighbour. */
  private static double between(double first, double second, Position position) {
    return position.share() == 0 ? first : first + position.share() * (second - first);
  }
}
