package dev.firn.io.projection;

import java.util.List;

/**
 * Albers' equal-area conic projection (Snyder 14).
 *
 * @param firstParallel where the cone cuts the earth
 * @param secondParallel where it cuts it again, or the same
 * @param originLatitude of the map's origin
 * @param meridian the longitude that runs up the map, through its origin
 */
public record AlbersEqualArea(
    Earth earth,
    double firstParallel,
    double secondParallel,
    double originLatitude,
    double meridian)
    implements Projection {
  private static final double SAME = 1e-9;

  /** Checks that there is a cone. */
  public AlbersEqualArea {
    Projection.checkLatitude(firstParallel);
    Projection.checkLatitude(secondParallel);
    Projection.checkLatitude(originLatitude);
    if (Math.abs(firstParallel + secondParallel) < SAME) {
      throw new IllegalArgumentException(
          "Invalid projection: cone at latitudes " + firstParallel + " and " + secondParallel);
    }
  }

  @Override
  public MapTransform transform() {
    double first = Math.toRadians(firstParallel);
    double second = Math.toRadians(secondParallel);
    double m1 = earth.parallelRadius(first);
    double m2 = earth.parallelRadius(second);
    double q1 = Authalic.q(earth, first);
    double n =
        Math.abs(firstParallel - secondParallel) < SAME
            ? Math.sin(first)
            : (m1 * m1 - m2 * m2) / (Authalic.q(earth, second) - q1);
    double c = m1 * m1 + n * q1;
    double originRadius = distance(earth, n, c, Authalic.q(earth, Math.toRadians(originLatitude)));
    return new Cone(earth, n, c, originRadius, meridian);
  }

  private static double distance(Earth earth, double n, double c, double q) {
    return earth.semiMajorMetres() * Math.sqrt(c - n * q) / n;
  }

  /** Distances from the tip, below 0 where it points down, are {@code a · √(c − n · q) / n}. */
  private record Cone(Earth earth, double n, double c, double originRadius, double meridian)
      implements MapTransform {
    @Override
    public MapPoint project(GeoPoint place) {
      double distance = distance(earth, n, c, Authalic.q(earth, place.latitudeRadians()));
      double angle = n * place.radiansEastOf(meridian);
      return new MapPoint(distance * Math.sin(angle), originRadius - distance * Math.cos(angle));
    }

    @Override
    public GeoPoint locate(double x, double y) {
      double sign = Math.signum(n);
      double down = originRadius - y;
      double radius = Math.hypot(x, down) * n / earth.semiMajorMetres();
      double latitude = Authalic.latitude(earth, (c - radius * radius) / n);
      double angle = radius == 0 ? 0 : Math.atan2(sign * x, sign * down) / n;
      return Double.isNaN(latitude)
          ? GeoPoint.NOWHERE
          : GeoPoint.ofRadians(latitude, Math.toRadians(meridian) + angle);
    }
  }

  @Override
  public CoordinateReference reference() {
    return new Wkt(earth, "Albers Equal Area", "albers_conical_equal_area")
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
