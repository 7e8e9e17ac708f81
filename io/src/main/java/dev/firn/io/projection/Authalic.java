package dev.firn.io.projection;

/** Latitudes of equal area, by way of Snyder's q. */
final class Authalic {
  private static final double PRECISION = 1e-14;
  private static final int MOST_ITERATIONS = 30;

  private Authalic() {}

  /** q of a latitude in radians (3-12); of the poles, ±2 on a sphere. */
  static double q(Earth earth, double latitude) {
    double sine = Math.sin(latitude);
    if (earth.isSphere()) {
      return 2 * sine;
    }
    double e2 = earth.squaredEccentricity();
    double e = Math.sqrt(e2);
    return (1 - e2)
        * (sine / (1 - e2 * sine * sine) - Math.log((1 - e * sine) / (1 + e * sine)) / (2 * e));
  }

  /** The latitude of {@code q}, in radians (3-16); not a number where there is none. */
  static double latitude(Earth earth, double q) {
    double pole = q(earth, Math.PI / 2);
    if (Math.abs(q) >= pole) {
      return Math.abs(q) <= pole * (1 + 1e-12) ? Math.copySign(Math.PI / 2, q) : Double.NaN;
    }
    double latitude = Math.asin(q / 2);
    if (earth.isSphere()) {
      return latitude;
    }
    double e2 = earth.squaredEccentricity();
    for (int i = 0; i < MOST_ITERATIONS; i++) {
      double sine = Math.sin(latitude);
      double shape = 1 - e2 * sine * sine;
      double step = shape * shape / (2 * Math.cos(latitude)) * (q - q(earth, latitude)) / (1 - e2);
      latitude += step;
      if (Math.abs(step) < PRECISION) {
        return latitude;
      }
    }
    return latitude;
  }
}
