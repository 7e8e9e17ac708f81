package dev.firn.io.projection;

/**
 * A map of the earth, with coordinates in metres. Equal parameters make equal projections.
 *
 * <p>Angles are in degrees. Constructors throw {@link IllegalArgumentException} for parameters
 * without a map.
 */
public sealed interface Projection
    permits AlbersEqualArea,
        CylindricalEqualArea,
        Geostationary,
        LambertAzimuthalEqualArea,
        LambertConformal,
        Mercator,
        PolarStereographic,
        TransverseMercator {
  /** What it is a map of. */
  Earth earth();

  /** The formulas. */
  MapTransform transform();

  /** What other programs call it. */
  CoordinateReference reference();

  /** Checks that angles are on the earth, latitudes among them strictly between the poles. */
  private static void check(double latitude, double limit) {
    if (!(Math.abs(latitude) <= limit)) {
      throw new IllegalArgumentException("Invalid projection: latitude " + latitude);
    }
  }

  /** Checks a latitude up to the poles. */
  static void checkLatitude(double latitude) {
    check(latitude, 90);
  }

  /** Checks a latitude that must not be a pole. */
  static void checkBetweenPoles(double latitude) {
    check(latitude, 89.999999);
  }
}
