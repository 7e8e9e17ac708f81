package dev.firn.io.field;

/** Coordinates of rows or columns. */
public sealed interface Axis permits GaussianAxis, MetricAxis, RegularAxis {
  /** How many. */
  int count();

  /** The coordinates, computed anew. */
  double[] coordinates();
}
