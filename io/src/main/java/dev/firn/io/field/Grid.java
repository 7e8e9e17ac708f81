package dev.firn.io.field;

import java.util.Optional;

/** Where the points of a field are. */
public sealed interface Grid
    permits FlatGrid, GaussianGrid, LatLonGrid, ProjectedGrid, ReducedGrid, RotatedLatLonGrid {
  /** Points in a row. */
  int columns();

  /** Rows. */
  int rows();

  /** Points in all. */
  default int points() {
    return Math.multiplyExact(columns(), rows());
  }

  /** Latitude and longitude of every point, computed anew; empty where they are not known. */
  Optional<PointCoordinates> coordinates();

  /** Checks that {@code rows · columns} can be counted. */
  static void checkPoints(int rows, int columns) {
    if (rows < 0 || columns < 0 || (long) rows * columns > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "Invalid grid of " + rows + " rows and " + columns + " columns");
    }
  }
}
