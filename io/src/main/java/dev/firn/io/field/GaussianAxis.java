package dev.firn.io.field;

/**
 * Some or all of the Gaussian latitudes of a number N: the 2N latitudes whose sines are the roots
 * of the Legendre polynomial of degree 2N.
 *
 * @param parallels N, between a pole and the equator
 * @param first the first row's number, counted from the north and from 0
 * @param count how many rows follow each other
 * @param northward whether they go northward
 */
public record GaussianAxis(int parallels, int first, int count, boolean northward) implements Axis {
  /** More parallels than any grid has; computing them takes time in the square of N. */
  public static final int MAX_PARALLELS = 8192;

  /** Checks that all rows are among the latitudes. */
  public GaussianAxis {
    int last = northward ? first - count + 1 : first + count - 1;
    if (parallels < 1
        || parallels > MAX_PARALLELS
        || count < 1
        || Math.min(first, last) < 0
        || Math.max(first, last) >= 2 * parallels) {
      throw new IllegalArgumentException(
          "Invalid axis: rows %d to %d of Gaussian latitudes N%d"
              .formatted(first, last, parallels));
    }
  }

  /** Degrees north of each row. */
  @Override
  public double[] coordinates() {
    double[] coordinates = new double[count];
    for (int i = 0; i < count; i++) {
      coordinates[i] = latitude(parallels, northward ? first - i : first + i);
    }
    return coordinates;
  }

  /** Degrees north of the Gaussian latitude {@code row} of number {@code parallels}. */
  public static double latitude(int parallels, int row) {
    return row < parallels
        ? Math.toDegrees(Math.asin(root(2 * parallels, row)))
        : -latitude(parallels, 2 * parallels - 1 - row);
  }

  /** The row of Gaussian latitudes nearest to {@code latitude}. */
  public static int nearestRow(int parallels, double latitude) {
    int guess = (int) Math.round((90 - latitude) / 180 * (2 * parallels + 0.5) - 0.75);
    int nearest = Math.min(Math.max(guess, 0), 2 * parallels - 1);
    for (int row = Math.max(nearest - 1, 0); row <= Math.min(guess + 1, 2 * parallels - 1); row++) {
      if (Math.abs(latitude(parallels, row) - latitude)
          < Math.abs(latitude(parallels, nearest) - latitude)) {
        nearest = row;
      }
    }
    return nearest;
  }

  /** Newton's iteration from Tricomi's estimate, which is near enough for all degrees. */
  private static double root(int degree, int index) {
    double n = degree;
    double x = (1 - (1 - 1 / n) / (8 * n * n)) * Math.cos(Math.PI * (4 * index + 3) / (4 * n + 2));
    double step;
    int iterations = 0;
    do {
      double before = 1;
      double polynomial = x;
      for (int k = 2; k <= degree; k++) {
        double next = ((2 * k - 1) * x * polynomial - (k - 1) * before) / k;
        before = polynomial;
        polynomial = next;
      }
      double slope = n * (before - x * polynomial) / (1 - x * x);
      step = polynomial / slope;
      x -= step;
    } while (Math.abs(step) > 1e-14 && ++iterations < 10);
    return x;
  }
}
