package dev.firn.io.projection;

/**
 * A place on the earth; not a number where a point of a map lies beside the earth.
 *
 * @param latitude degrees north
 * @param longitude degrees east
 */
public record GeoPoint(double latitude, double longitude) {
  /** Beside the earth. */
  public static final GeoPoint NOWHERE = new GeoPoint(Double.NaN, Double.NaN);

  /** From radians, with a longitude from −180 to 180. */
  static GeoPoint ofRadians(double latitude, double longitude) {
    return new GeoPoint(Math.toDegrees(latitude), wrapped(Math.toDegrees(longitude)));
  }

  /** The same longitude from −180 up to 180. */
  public static double wrapped(double longitude) {
    return longitude >= -180 && longitude < 180
        ? longitude
        : longitude - 360 * Math.floor((longitude + 180) / 360);
  }

  double latitudeRadians() {
    return Math.toRadians(latitude);
  }

  /** Radians east of {@code meridian} (degrees), from −π to π. */
  double radiansEastOf(double meridian) {
    return Math.toRadians(wrapped(longitude - meridian));
  }
}
