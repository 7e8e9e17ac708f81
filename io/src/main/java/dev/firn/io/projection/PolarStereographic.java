package dev.firn.io.projection;

/**
 * The stereographic projection of a pole (Snyder 21). The pole is the map's origin.
 *
 * @param trueScaleLatitude where lengths are true; its sign says which pole
 * @param meridian the longitude that runs up the map
 */
public record PolarStereographic(Earth earth, double trueScaleLatitude, double meridian)
    implements Projection {
  private static final double POLE = 90 - 1e-9;

  /** Checks the latitude. */
  public PolarStereographic {
    Projection.checkLatitude(trueScaleLatitude);
    if (trueScaleLatitude == 0) {
      throw new IllegalArgumentException("Invalid projection: true scale at the equator");
    }
  }

  @Override
  public MapTransform transform() {
    double latitude = Math.toRadians(Math.abs(trueScaleLatitude));
    double radiusPerT =
        Math.abs(trueScaleLatitude) > POLE
            ? 2 / polarScale(earth.eccentricity())
            : earth.parallelRadius(latitude) / Conformal.t(earth, latitude);
    return new Plane(
        earth, Math.signum(trueScaleLatitude), meridian, earth.semiMajorMetres() * radiusPerT);
  }

  private static double polarScale(double e) {
    return Math.sqrt(Math.pow(1 + e, 1 + e) * Math.pow(1 - e, 1 - e));
  }

  /** Distances from the pole are {@code radiusPerT · t}. */
  private record Plane(Earth earth, double pole, double meridian, double radiusPerT)
      implements MapTransform {
    @Override
    public MapPoint project(GeoPoint place) {
      double radius = radiusPerT * Conformal.t(earth, pole * place.latitudeRadians());
      double angle = place.radiansEastOf(meridian);
      return new MapPoint(radius * Math.sin(angle), -pole * radius * Math.cos(angle));
    }

    @Override
    public GeoPoint locate(double x, double y) {
      double latitude = pole * Conformal.latitude(earth, Math.hypot(x, y) / radiusPerT);
      double angle = x == 0 && y == 0 ? 0 : Math.atan2(x, -pole * y);
      return GeoPoint.ofRadians(latitude, Math.toRadians(meridian) + angle);
    }
  }

  @Override
  public CoordinateReference reference() {
    return new Wkt(earth, "Polar Stereographic (variant B)", "polar_stereographic")
        .angle("Latitude of standard parallel", trueScaleLatitude)
        .angle("Longitude of origin", meridian)
        .length("False easting", 0)
        .length("False northing", 0)
        .attribute("latitude_of_projection_origin", Math.copySign(90.0, trueScaleLatitude))
        .attribute("straight_vertical_longitude_from_pole", meridian)
        .attribute("standard_parallel", trueScaleLatitude)
        .attribute("false_easting", 0.0)
        .attribute("false_northing", 0.0)
        .projected();
  }
}
