package dev.firn.io.projection;

/** Conformal latitudes of an ellipsoid, by way of Snyder's t. */
final class Conformal {
  private static final double PRECISION = 1e-14;
  private static final int MOST_ITERATIONS = 30;

  private Conformal() {}

  /** t of a latitude in radians (15-9): 0 at the north pole, 1 at the equator. */
  static double t(Earth earth, double latitude) {
    double plain = Math.tan(Math.PI / 4 - latitude / 2);
    if (earth.isSphere()) {
      return plain;
    }
    double e = earth.eccentricity();
    return plain / distortion(e, latitude);
  }

  /** The latitude of {@code t}, in radians (7-9). */
  static double latitude(Earth earth, double t) {
    double latitude = Math.PI / 2 - 2 * Math.atan(t);
    if (earth.isSphere()) {
      return latitude;
    }
    double e = earth.eccentricity();
    for (int i = 0; i < MOST_ITERATIONS; i++) {
      double next = Math.PI / 2 - 2 * Math.atan(t * distortion(e, latitude));
      if (Math.abs(next - latitude) < PRECISION) {
        return next;
      }
      latitude = next;
    }
    return latitude;
  }

  private static double distortion(double e, double latitude) {
    double sine = e * Math.sin(latitude);
    return Math.pow((1 - sine) / (1 + sine), e / 2);
  }
}
