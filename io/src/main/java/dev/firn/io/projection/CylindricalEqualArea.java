package dev.firn.io.projection;

/**
 * Lambert's cylindrical equal-area projection (Snyder 10).
 *
 * @param trueScaleLatitude where lengths along parallels are true
 * @param meridian the longitude of the map's origin
 */
public record CylindricalEqualArea(Earth earth, double trueScaleLatitude, double meridian)
    implements Projection {
  /** Checks the latitude. */
  public CylindricalEqualArea {
    Projection.checkBetweenPoles(trueScaleLatitude);
  }

  @Override
  public MapTransform transform() {
    double scale = earth.parallelRadius(Math.toRadians(trueScaleLatitude));
    return new Cylinder(earth, meridian, scale);
  }

  /** Lengths along parallels are {@code scale} times those on the equator. */
  private record Cylinder(Earth earth, double meridian, double scale) implements MapTransform {
    @Override
    public MapPoint project(GeoPoint place) {
      double a = earth.semiMajorMetres();
      return new MapPoint(
          a * scale * place.radiansEastOf(meridian),
          a * Authalic.q(earth, place.latitudeRadians()) / (2 * scale));
    }

    @Override
    public GeoPoint locate(double x, double y) {
      double a = earth.semiMajorMetres();
      return GeoPoint.ofRadians(
          Authalic.latitude(earth, 2 * y * scale / a), Math.toRadians(meridian) + x / (a * scale));
    }
  }

  @Override
  public CoordinateReference reference() {
    return new Wkt(earth, "Lambert Cylindrical Equal Area", "lambert_cylindrical_equal_area")
        .angle("Latitude of 1st standard parallel", trueScaleLatitude)
        .angle("Longitude of natural origin", meridian)
        .length("False easting", 0)
        .length("False northing", 0)
        .attribute("standard_parallel", trueScaleLatitude)
        .attribute("longitude_of_central_meridian", meridian)
        .attribute("false_easting", 0.0)
        .attribute("false_northing", 0.0)
        .projected();
  }
}
