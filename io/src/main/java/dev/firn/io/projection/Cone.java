package dev.firn.io.projection;

import java.util.List;

/** What the two conic projections have in common; parameters are theirs. */
record Cone(double firstParallel, double secondParallel, double originLatitude, double meridian) {
  private static final double SAME = 1e-9;

  /** Checks that there is a cone at these latitudes. */
  static void check(double firstParallel, double secondParallel) {
    if (Math.abs(firstParallel + secondParallel) < SAME) {
      throw new IllegalArgumentException(
          "Invalid projection: cone at latitudes " + firstParallel + " and " + secondParallel);
    }
  }

  /** Whether it touches the earth along one parallel, and does not cut it along two. */
  boolean isTangent() {
    return Math.abs(firstParallel - secondParallel) < SAME;
  }

  /** What other programs call the projection. */
  CoordinateReference reference(Earth earth, String method, String gridMapping) {
    return new Wkt(earth, method, gridMapping)
        .angle("Latitude of false origin", originLatitude)
        .angle("Longitude of false origin", meridian)
        .angle("Latitude of 1st standard parallel", firstParallel)
        .angle("Latitude of 2nd standard parallel", secondParallel)
        .length("Easting at false origin", 0)
        .length("Northing at false origin", 0)
        .attribute("latitude_of_projection_origin", originLatitude)
        .attribute("longitude_of_central_meridian", meridian)
        .attribute("standard_parallel", List.of(firstParallel, secondParallel))
        .attribute("false_easting", 0.0)
        .attribute("false_northing", 0.0)
        .projected();
  }

  /**
   * A cone rolled out.
   *
   * @param n the part of a full turn that it takes; below 0 where its tip points down
   * @param meridian the longitude that runs up the map
   * @param originRadius of the parallel through the map's origin
   * @param parallels where latitudes are on the map
   */
  record RolledOut(double n, double meridian, double originRadius, Parallels parallels)
      implements MapTransform {
    @Override
    public MapPoint project(GeoPoint place) {
      double radius = parallels.radius(place.latitudeRadians());
      double angle = n * place.radiansEastOf(meridian);
      return new MapPoint(radius * Math.sin(angle), originRadius - radius * Math.cos(angle));
    }

    @Override
    public GeoPoint locate(double x, double y) {
      double sign = Math.signum(n);
      double down = originRadius - y;
      double distance = Math.hypot(x, down);
      double latitude = parallels.latitude(distance);
      double angle = distance == 0 ? 0 : Math.atan2(sign * x, sign * down) / n;
      return Double.isNaN(latitude)
          ? GeoPoint.NOWHERE
          : GeoPoint.ofRadians(latitude, Math.toRadians(meridian) + angle);
    }
  }

  /** Latitudes, in radians, are arcs around the tip. */
  interface Parallels {
    /** Metres from the tip, below 0 where it points down. */
    double radius(double latitude);

    /** The latitude so many metres from the tip; NaN where the map shows nothing. */
    double latitude(double distance);
  }
}
