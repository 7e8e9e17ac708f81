package dev.firn.io.projection;

/**
 * The transverse Mercator projection, by Krüger's series to the fourth power of the third
 * flattening (C. F. F. Karney, <i>Transverse Mercator with an accuracy of a few nanometers</i>,
 * 2011, equations 35 and 36).
 *
 * @param originLatitude of the reference point
 * @param meridian through the reference point
 * @param scale of lengths along the meridian
 * @param falseEasting x of the reference point, metres
 * @param falseNorthing y of the reference point, metres
 */
public record TransverseMercator(
    Earth earth,
    double originLatitude,
    double meridian,
    double scale,
    double falseEasting,
    double falseNorthing)
    implements Projection {
  /** Checks the latitude and the scale. */
  public TransverseMercator {
    Projection.checkLatitude(originLatitude);
    if (!(scale > 0 && scale < 1e3)) {
      throw new IllegalArgumentException("Invalid projection: scale " + scale);
    }
  }

  @Override
  public MapTransform transform() {
    double a = earth.semiMajorMetres();
    double n = (a - earth.semiMinorMetres()) / (a + earth.semiMinorMetres());
    double n2 = n * n;
    double n3 = n2 * n;
    double n4 = n2 * n2;
    double[] forward = {
      n / 2 - 2 * n2 / 3 + 5 * n3 / 16 + 41 * n4 / 180,
      13 * n2 / 48 - 3 * n3 / 5 + 557 * n4 / 1440,
      61 * n3 / 240 - 103 * n4 / 140,
      49561 * n4 / 161280
    };
    double[] inverse = {
      -(n / 2 - 2 * n2 / 3 + 37 * n3 / 96 - n4 / 360),
      -(n2 / 48 + n3 / 15 - 437 * n4 / 1440),
      -(17 * n3 / 480 - 37 * n4 / 840),
      -(4397 * n4 / 161280)
    };
    double radius = scale * a / (1 + n) * (1 + n2 / 4 + n4 / 64);
    double origin = sum(forward, conformal(Math.toRadians(originLatitude)), 0).y();
    return new Series(this, radius, origin, forward, inverse);
  }

  private double conformal(double latitude) {
    return Math.PI / 2 - 2 * Math.atan(Conformal.t(earth, latitude));
  }

  /** x is η, y is ξ, each with the series' terms added. */
  private static MapPoint sum(double[] terms, double xi, double eta) {
    double x = eta;
    double y = xi;
    for (int i = 0; i < terms.length; i++) {
      int k = 2 * (i + 1);
      x += terms[i] * Math.cos(k * xi) * Math.sinh(k * eta);
      y += terms[i] * Math.sin(k * xi) * Math.cosh(k * eta);
    }
    return new MapPoint(x, y);
  }

  private static final class Series implements MapTransform {
    private final TransverseMercator map;
    private final double radius;
    private final double origin;
    private final double[] forward;
    private final double[] inverse;

    Series(
        TransverseMercator map, double radius, double origin, double[] forward, double[] inverse) {
      this.map = map;
      this.radius = radius;
      this.origin = origin;
      this.forward = forward;
      this.inverse = inverse;
    }

    @Override
    public MapPoint project(GeoPoint place) {
      double latitude = map.conformal(place.latitudeRadians());
      double angle = place.radiansEastOf(map.meridian);
      double xi = Math.atan2(Math.tan(latitude), Math.cos(angle));
      double across = Math.cos(latitude) * Math.sin(angle);
      double eta = Math.log((1 + across) / (1 - across)) / 2;
      MapPoint sum = sum(forward, xi, eta);
      return new MapPoint(
          radius * sum.x() + map.falseEasting, radius * (sum.y() - origin) + map.falseNorthing);
    }

    @Override
    public GeoPoint locate(double x, double y) {
      MapPoint sum =
          sum(inverse, (y - map.falseNorthing) / radius + origin, (x - map.falseEasting) / radius);
      double conformal = Math.asin(Math.sin(sum.y()) / Math.cosh(sum.x()));
      double angle = Math.atan2(Math.sinh(sum.x()), Math.cos(sum.y()));
      double t = Math.tan(Math.PI / 4 - conformal / 2);
      return GeoPoint.ofRadians(
          Conformal.latitude(map.earth, t), Math.toRadians(map.meridian) + angle);
    }
  }

  @Override
  public CoordinateReference reference() {
    return new Wkt(earth, "Transverse Mercator", "transverse_mercator")
        .angle("Latitude of natural origin", originLatitude)
        .angle("Longitude of natural origin", meridian)
        .scale("Scale factor at natural origin", scale)
        .length("False easting", falseEasting)
        .length("False northing", falseNorthing)
        .attribute("latitude_of_projection_origin", originLatitude)
        .attribute("longitude_of_central_meridian", meridian)
        .attribute("scale_factor_at_central_meridian", scale)
        .attribute("false_easting", falseEasting)
        .attribute("false_northing", falseNorthing)
        .projected();
  }
}
