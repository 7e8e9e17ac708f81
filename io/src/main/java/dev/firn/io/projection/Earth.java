package dev.firn.io.projection;

/**
 * The figure coordinates refer to: a sphere, or an ellipsoid flattened at the poles.
 *
 * @param semiMajorMetres radius of the equator
 * @param semiMinorMetres half the axis from pole to pole; of a sphere, the same
 */
public record Earth(double semiMajorMetres, double semiMinorMetres) {
  /** Checks the radii. */
  public Earth {
    if (!(semiMinorMetres > 0 && semiMinorMetres <= semiMajorMetres && semiMajorMetres < 1e12)
        || semiMinorMetres < semiMajorMetres / 2) {
      throw new IllegalArgumentException(
          "Invalid earth: radii of " + semiMajorMetres + " m and " + semiMinorMetres + " m");
    }
  }

  /** A sphere. */
  public static Earth sphere(double radiusMetres) {
    return new Earth(radiusMetres, radiusMetres);
  }

  /** Whether both radii are the same. */
  public boolean isSphere() {
    return semiMajorMetres == semiMinorMetres;
  }

  /** a / (a − b), and 0 for a sphere, as coordinate reference systems write it. */
  public double inverseFlattening() {
    return isSphere() ? 0 : semiMajorMetres / (semiMajorMetres - semiMinorMetres);
  }

  /** 1 − b² / a². */
  double squaredEccentricity() {
    double ratio = semiMinorMetres / semiMajorMetres;
    return 1 - ratio * ratio;
  }

  double eccentricity() {
    return Math.sqrt(squaredEccentricity());
  }

  /** Radius of the parallel at {@code latitude} (radians), in semi-major axes (Snyder 14-15). */
  double parallelRadius(double latitude) {
    double sine = Math.sin(latitude);
    return Math.cos(latitude) / Math.sqrt(1 - squaredEccentricity() * sine * sine);
  }
}
