package dev.firn.io.field;

/** Where the points of a field are. */
public sealed interface Grid permits LatLonGrid {
  /** Points in a row. */
  int columns();

  /** Rows. */
  int rows();

  /** Points in all. */
  default int points() {
    return Math.multiplyExact(columns(), rows());
  }
}
