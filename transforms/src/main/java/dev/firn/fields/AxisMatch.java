package dev.firn.fields;

import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * The points of a source axis beside those of a target axis, in degrees.
 *
 * <p>Points agree within 20 micro-degrees, 2 m on the ground: GRIB2 stores whole micro-degrees, and
 * the float32 axes of other formats are off by up to 16. Longitudes agree modulo 360.
 */
final class AxisMatch {
  private static final double TOLERANCE_DEGREES = 20e-6;

  private final String points;
  private final String coordinate;
  private final double[] source;
  private final double[] target;

  private AxisMatch(String points, String coordinate, double[] source, double[] target) {
    this.points = points;
    this.coordinate = coordinate;
    this.source = source;
    this.target = target;
  }

  /** Whether the source's rows run the other way; fails unless they are the target's. */
  static boolean rowsAreReversed(double[] source, double[] target) {
    AxisMatch rows = new AxisMatch("rows", "latitude", source, target);
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
  static int firstColumn(double[] source, double[] target) {
    AxisMatch columns = new AxisMatch("columns", "longitude", source, target);
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
    double difference = source[sourceIndex] - target[targetIndex];
    double turns = Math.rint(difference / 360);
    return Math.abs(difference - 360 * turns) <= TOLERANCE_DEGREES;
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
