package dev.firn.io.projection;

/**
 * Latitudes and longitudes that count from another pole, in GRIB's parameters.
 *
 * @param southPoleLatitude where the rotated south pole is
 * @param southPoleLongitude where the rotated south pole is
 * @param angle degrees the rotated system is turned eastward about its own axis
 */
public record PoleRotation(double southPoleLatitude, double southPoleLongitude, double angle) {
  /** Checks the latitude. */
  public PoleRotation {
    Projection.checkLatitude(southPoleLatitude);
    if (!Double.isFinite(angle) || !Double.isFinite(southPoleLongitude)) {
      throw new IllegalArgumentException(
          "Invalid rotation by " + angle + " to longitude " + southPoleLongitude);
    }
  }

  /** Where a point of the rotated system is. */
  public GeoPoint locate(double rotatedLatitude, double rotatedLongitude) {
    double pole = Math.toRadians(-southPoleLatitude);
    double latitude = Math.toRadians(rotatedLatitude);
    double longitude = Math.toRadians(rotatedLongitude + angle);
    double across = Math.cos(latitude) * Math.cos(longitude);
    double east = Math.cos(latitude) * Math.sin(longitude);
    double towards = across * Math.sin(pole) - Math.sin(latitude) * Math.cos(pole);
    double north = Math.sin(latitude) * Math.sin(pole) + across * Math.cos(pole);
    return GeoPoint.ofRadians(
        Math.atan2(north, Math.hypot(towards, east)),
        Math.toRadians(southPoleLongitude) + Math.atan2(east, towards));
  }

  /** What other programs call the rotated system on {@code earth}. */
  public CoordinateReference reference(Earth earth) {
    return new Wkt(earth, "Pole rotation (GRIB convention)", "rotated_latitude_longitude")
        .angle("Latitude of the southern pole (GRIB convention)", southPoleLatitude)
        .angle("Longitude of the southern pole (GRIB convention)", southPoleLongitude)
        .angle("Axis rotation (GRIB convention)", angle)
        .attribute("grid_north_pole_latitude", 0.0 - southPoleLatitude)
        .attribute("grid_north_pole_longitude", GeoPoint.wrapped(southPoleLongitude + 180))
        .attribute("north_pole_grid_longitude", 0.0 - angle)
        .turned();
  }
}
