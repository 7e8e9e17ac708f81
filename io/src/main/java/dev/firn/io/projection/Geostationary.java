package dev.firn.io.projection;

/**
 * The earth as a satellite above the equator sees it (CGMS 03, LRIT/HRIT Global Specification,
 * 4.4.3.2). Coordinates are the angles of view, east–west first, times the height above the ground.
 *
 * @param subSatelliteLongitude the meridian below the satellite
 * @param distanceMetres of the satellite from the earth's centre
 */
public record Geostationary(Earth earth, double subSatelliteLongitude, double distanceMetres)
    implements Projection {
  /** Checks that the satellite is above the ground. */
  public Geostationary {
    if (!(distanceMetres > earth.semiMajorMetres() && distanceMetres < 1e12)) {
      throw new IllegalArgumentException(
          "Invalid projection: satellite at " + distanceMetres + " m from the earth's centre");
    }
  }

  /** Metres above the equator. */
  public double heightMetres() {
    return distanceMetres - earth.semiMajorMetres();
  }

  @Override
  public MapTransform transform() {
    return new View(
        Math.toRadians(subSatelliteLongitude),
        heightMetres(),
        distanceMetres / earth.semiMajorMetres(),
        earth.semiMinorMetres() / earth.semiMajorMetres());
  }

  /** Lengths but the height are in semi-major axes. */
  private record View(double longitude, double height, double distance, double polar)
      implements MapTransform {
    @Override
    public MapPoint project(GeoPoint place) {
      double angle = Math.toRadians(place.longitude()) - longitude;
      double latitude = Math.atan(polar * polar * Math.tan(place.latitudeRadians()));
      double radius = polar / Math.hypot(polar * Math.cos(latitude), Math.sin(latitude));
      double towards = radius * Math.cos(latitude) * Math.cos(angle);
      double east = radius * Math.cos(latitude) * Math.sin(angle);
      double north = radius * Math.sin(latitude);
      double depth = distance - towards;
      double scaledNorth = north / polar;
      if (depth * towards - east * east - scaledNorth * scaledNorth < 0) {
        return new MapPoint(Double.NaN, Double.NaN);
      }
      return new MapPoint(
          height * Math.atan(east / depth), height * Math.atan(north / Math.hypot(east, depth)));
    }

    @Override
    public GeoPoint locate(double x, double y) {
      if (Math.abs(x) >= height * Math.PI / 2 || Math.abs(y) >= height * Math.PI / 2) {
        return GeoPoint.NOWHERE;
      }
      double east = Math.tan(x / height);
      double north = Math.tan(y / height) * Math.hypot(1, east);
      double square = 1 + east * east + north * north / (polar * polar);
      double discriminant = distance * distance - square * (distance * distance - 1);
      if (discriminant < 0) {
        return GeoPoint.NOWHERE;
      }
      double ray = (distance - Math.sqrt(discriminant)) / square;
      double towards = distance - ray;
      double latitude = Math.atan(ray * north / (polar * polar * Math.hypot(towards, ray * east)));
      return GeoPoint.ofRadians(latitude, longitude + Math.atan2(ray * east, towards));
    }
  }

  @Override
  public CoordinateReference reference() {
    return new Wkt(earth, "Geostationary Satellite (Sweep Y)", "geostationary")
        .angle("Longitude of natural origin", subSatelliteLongitude)
        .length("Satellite Height", heightMetres())
        .length("False easting", 0)
        .length("False northing", 0)
        .attribute("latitude_of_projection_origin", 0.0)
        .attribute("longitude_of_projection_origin", subSatelliteLongitude)
        .attribute("perspective_point_height", heightMetres())
        .attribute("sweep_angle_axis", "y")
        .attribute("false_easting", 0.0)
        .attribute("false_northing", 0.0)
        .projected();
  }
}
