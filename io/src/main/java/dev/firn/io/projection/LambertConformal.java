package dev.firn.io.projection;

import java.util.List;

/**
 * Lambert's conformal conic projection (Snyder 15).
 *
 * @param firstParallel where the cone cuts the earth
 * @param secondParallel where it cuts it again, or the same
 * @param originLatitude of the map's origin
 * @param meridian the longitude that runs up the map, through its origin
 */
public record LambertConformal(
    Earth earth,
    double firstParallel,
    double secondParallel,
    double originLatitude,
    double meridian)
    implements Projection {
  private static final double SAME = 1e-9;

  /** Checks that there is a cone. */
  public LambertConformal {
    Projection.checkBetweenPoles(firstParallel);
    Projection.checkBetweenPoles(secondParallel);
    Projection.checkBetweenPoles(originLatitude);
    if (Math.abs(firstParallel + secondParallel) < SAME) {
      throw new IllegalArgumentException(
          "Invalid projection: cone at latitudes " + firstParallel + " and " + secondParallel);
    }
  }

  @Override
  public MapTransform transform() {
    double first = Math.toRadians(firstParallel);
    double second = Math.toRadians(secondParallel);
    double t1 = Conformal.t(earth, first);
    double n =
        Math.abs(firstParallel - secondParallel) < SAME
            ? Math.sin(first)
            : Math.log(earth.parallelRadius(first) / earth.parallelRadius(second))
                / Math.log(t1 / Conformal.t(earth, second));
    double radius = earth.semiMajorMetres() * earth.parallelRadius(first) / (n * Math.pow(t1, n));
    double origin = radius * Math.pow(Conformal.t(earth, Math.toRadians(originLatitude)), n);
    return new Cone(earth, n, radius, origin, meridian);
  }

  /** Distances from the tip, below 0 where it points down, are {@code radius · t^n}. */
  private record Cone(Earth earth, double n, double radius, double originRadius, double meridian)
      implements MapTransform {
    @Override
    public MapPoint project(GeoPoint place) {
      double distance = radius * Math.pow(Conformal.t(earth, place.latitudeRadians()), n);
      double angle = n * place.radiansEastOf(meridian);
      return new MapPoint(distance * Math.sin(angle), originRadius - distance * Math.cos(angle));
    }

    @Override
    public GeoPoint locate(double x, double y) {
      double sign = Math.signum(n);
      double down = originRadius - y;
      double distance = Math.hypot(x, down);
      if (distance == 0) {
        return GeoPoint.ofRadians(sign * Math.PI / 2, Math.toRadians(meridian));
      }
      double t = Math.pow(distance / Math.abs(radius), 1 / n);
      double angle = Math.atan2(sign * x, sign * down) / n;
      return GeoPoint.ofRadians(Conformal.latitude(earth, t), Math.toRadians(meridian) + angle);
    }
  }

  @Override
  public CoordinateReference reference() {
    return new Wkt(earth, "Lambert Conic Conformal (2SP)", "lambert_conformal_conic")
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
}
