package dev.firn.io.projection;

/**
 * Lambert's azimuthal equal-area projection (Snyder 24).
 *
 * @param centreLatitude of the map's origin
 * @param centreLongitude of the map's origin
 */
public record LambertAzimuthalEqualArea(Earth earth, double centreLatitude, double centreLongitude)
    implements Projection {
  private static final double POLE = 90 - 1e-9;

  /** Checks the latitude. */
  public LambertAzimuthalEqualArea {
    Projection.checkLatitude(centreLatitude);
  }

  @Override
  public MapTransform transform() {
    double centre = Math.toRadians(centreLatitude);
    double polar = Authalic.q(earth, Math.PI / 2);
    double radius = earth.semiMajorMetres() * Math.sqrt(polar / 2);
    double sine = Authalic.q(earth, centre) / polar;
    double cosine = Math.sqrt(Math.max(0, 1 - sine * sine));
    double stretch =
        Math.abs(centreLatitude) > POLE
            ? 1
            : earth.semiMajorMetres() * earth.parallelRadius(centre) / (radius * cosine);
    return new Plane(this, polar, radius, new Direction(sine, cosine), stretch);
  }

  /** An angle by its sine and cosine. */
  private record Direction(double sine, double cosine) {}

  private record Plane(
      LambertAzimuthalEqualArea map, double polar, double radius, Direction centre, double stretch)
      implements MapTransform {
    @Override
    public MapPoint project(GeoPoint place) {
      double sine = Authalic.q(map.earth, place.latitudeRadians()) / polar;
      double cosine = Math.sqrt(Math.max(0, 1 - sine * sine));
      double angle = place.radiansEastOf(map.centreLongitude);
      double across = cosine * Math.cos(angle);
      double length = radius * Math.sqrt(2 / (1 + centre.sine * sine + centre.cosine * across));
      return new MapPoint(
          length * stretch * cosine * Math.sin(angle),
          length / stretch * (centre.cosine * sine - centre.sine * across));
    }

    @Override
    public GeoPoint locate(double x, double y) {
      double east = x / stretch;
      double north = y * stretch;
      double distance = Math.hypot(east, north);
      if (distance == 0) {
        return new GeoPoint(map.centreLatitude, GeoPoint.wrapped(map.centreLongitude));
      }
      if (distance > 2 * radius) {
        return GeoPoint.NOWHERE;
      }
      double arc = 2 * Math.asin(distance / (2 * radius));
      double sine = Math.cos(arc) * centre.sine + north * Math.sin(arc) * centre.cosine / distance;
      double angle =
          Math.atan2(
              east * Math.sin(arc),
              distance * centre.cosine * Math.cos(arc) - north * centre.sine * Math.sin(arc));
      return GeoPoint.ofRadians(
          Authalic.latitude(map.earth, polar * sine), Math.toRadians(map.centreLongitude) + angle);
    }
  }

  @Override
  public CoordinateReference reference() {
    return new Wkt(earth, "Lambert Azimuthal Equal Area", "lambert_azimuthal_equal_area")
        .angle("Latitude of natural origin", centreLatitude)
        .angle("Longitude of natural origin", centreLongitude)
        .length("False easting", 0)
        .length("False northing", 0)
        .attribute("latitude_of_projection_origin", centreLatitude)
        .attribute("longitude_of_projection_origin", centreLongitude)
        .attribute("false_easting", 0.0)
        .attribute("false_northing", 0.0)
        .projected();
  }
}
