package dev.firn.fields;

import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * The points of a source axis beside those of a target axis, in degrees or metres.
 *
 * <p>Points agree within 20 micro-degrees, 2 m on the ground, or within 10 m on a map: GRIB2 stores
 * whole micro-degrees, and the float32 axes of other formats are off by up to 16. Longitudes agree
 * modulo 360.
 */
final class AxisMatch {
  /** What the numbers of an axis are. */
  enum Unit {
    DEGREES("latitude", "longitude", 20e-6, 360),
    METRES("y", "x", 10, Double.POSITIVE_INFINITY);

    private final String ofRows;
    private final String ofColumns;
    private final double tolerance;
    private final double turn;

    Unit(String ofRows, String ofColumns, double tolerance, double turn) {
      this.ofRows = ofRows;
      this.ofColumns = ofColumns;
      this.tolerance = tolerance;
      this.turn = turn;
    }

    /** How far apart two coordinates are. */
    double distance(double one, double other) {
      double difference = one - other;
      return Math.abs(Double.isFinite(turn) ? Math.IEEEremainder(difference, turn) : difference);
    }
  }

  private final Unit unit;
  private final String points;
  private final String coordinate;
  private final double[] source;
  private final double[] target;

  private AxisMatch(Unit unit, String points, String coordinate, double[] source, double[] target) {
    this.unit = unit;
    this.points = points;
    this.coordinate = coordinate;
    this.source = source;
    this.target = target;
  }

  /** Whether the source's rows run the other way; fails unless they are the target's. */
  static boolean rowsAreReversed(Unit unit, double[] source, double[] target) {
    AxisMatch rows = new AxisMatch(unit, "rows", unit.ofRows, source, target);
    rows.checkCount();
    int last = source.length - 1;
    boolean reversed = !rows.agree(0, 0);
    if (reversed && !rows.agree(last, 0)) {
      throw rows.differentExtent();
    }
    rows.checkAll(reversed ? row -> last - row : row -> row);
    return reversed;
  }

  /** The source's column for the first of the target; fails unless all follow from there. */
  static int firstColumn(Unit unit, double[] source, double[] target) {
    AxisMatch columns = new AxisMatch(unit, "columns", unit.ofColumns, source, target);
    columns.checkCount();
    int first =
        IntStream.range(0, source.length)
            .filter(column -> columns.agree(column, 0))
            .findFirst()
            .orElseThrow(columns::differentExtent);
    columns.checkAll(column -> (first + column) % source.length);
    return first;
  }

  /** Latitudes are at most half a turn apart, so that removing whole turns leaves them alone. */
  private boolean agree(int sourceIndex, int targetIndex) {
    return unit.distance(source[sourceIndex], target[targetIndex]) <= unit.tolerance;
  }

  private void checkCount() {
    if (source.length != target.length || source.length == 0) {
      throw differentExtent();
    }
  }

  private void checkAll(IntUnaryOperator sourceIndex) {
    for (int i = 0; i < target.length; i++) {
      int from = sourceIndex.applyAsInt(i);
      if (!agree(from, i)) {
        throw new IllegalArgumentException(
            "Cannot align: grid has %s %s in place %d of its %s, expected %s"
                .formatted(coordinate, source[from], from, points, target[i]));
      }
    }
  }

  private IllegalArgumentException differentExtent() {
    return new IllegalArgumentException(
        "Cannot align: grid has " + extent(source) + ", expected " + extent(target));
  }

  private String extent(double[] axis) {
    return axis.length == 0
        ? "no " + points
        : "%d %s from %s to %s".formatted(axis.length, points, axis[0], axis[axis.length - 1]);
  }
}
