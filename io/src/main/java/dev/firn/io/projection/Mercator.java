package dev.firn.io.projection;

/**
 * Mercator's projection (Snyder 7).
 *
 * @param trueScaleLatitude where lengths are true
 */
public record Mercator(Earth earth, double trueScaleLatitude) implements Projection {
  /** Checks the latitude. */
  public Mercator {
    Projection.checkBetweenPoles(trueScaleLatitude);
  }

  @Override
  public MapTransform transform() {
    double radius =
        earth.semiMajorMetres() * earth.parallelRadius(Math.toRadians(trueScaleLatitude));
    return new Cylinder(earth, radius);
  }

  private record Cylinder(Earth earth, double radius) implements MapTransform {
    @Override
    public MapPoint project(GeoPoint place) {
      return new MapPoint(
          radius * place.radiansEastOf(0),
          -radius * Math.log(Conformal.t(earth, place.latitudeRadians())));
    }

    @Override
    public GeoPoint locate(double x, double y) {
      return GeoPoint.ofRadians(Conformal.latitude(earth, Math.exp(-y / radius)), x / radius);
    }
  }

  @Override
  public CoordinateReference reference() {
    return new Wkt(earth, "Mercator (variant B)", "mercator")
        .angle("Latitude of 1st standard parallel", trueScaleLatitude)
        .angle("Longitude of natural origin", 0)
        .length("False easting", 0)
        .length("False northing", 0)
        .attribute("standard_parallel", trueScaleLatitude)
        .attribute("longitude_of_projection_origin", 0.0)
        .attribute("false_easting", 0.0)
        .attribute("false_northing", 0.0)
        .projected();
  }
}
