package dev.firn.io.field;

/**
 * Evenly spaced coordinates on a map.
 *
 * @param count how many, at least 1
 * @param firstMetres the first
 * @param stepMetres from each to the next; below 0 where they become smaller
 */
public record MetricAxis(int count, double firstMetres, double stepMetres) implements Axis {
  /** Checks the numbers. */
  public MetricAxis {
    if (count < 1 || !Double.isFinite(firstMetres) || !Double.isFinite(stepMetres)) {
      throw new IllegalArgumentException(
          "Invalid axis: %d coordinates from %s m by %s m"
              .formatted(count, firstMetres, stepMetres));
    }
  }

  /** The coordinates in metres. */
  @Override
  public double[] coordinates() {
    double[] coordinates = new double[count];
    for (int i = 0; i < count; i++) {
      coordinates[i] = at(i);
    }
    return coordinates;
  }

  double at(int index) {
    return firstMetres + index * stepMetres;
  }
}
