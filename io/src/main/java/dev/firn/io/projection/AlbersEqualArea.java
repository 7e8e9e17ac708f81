package dev.firn.io.projection;

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
  /** Checks that there is a cone. */
  public AlbersEqualArea {
    Projection.checkLatitude(firstParallel);
    Projection.checkLatitude(secondParallel);
    Projection.checkLatitude(originLatitude);
    Cone.check(firstParallel, secondParallel);
  }

  private Cone cone() {
    return new Cone(firstParallel, secondParallel, originLatitude, meridian);
  }

  @Override
  public MapTransform transform() {
    double first = Math.toRadians(firstParallel);
    double second = Math.toRadians(secondParallel);
    double m1 = earth.parallelRadius(first);
    double m2 = earth.parallelRadius(second);
    double q1 = Authalic.q(earth, first);
    double n =
        cone().isTangent()
            ? Math.sin(first)
            : (m1 * m1 - m2 * m2) / (Authalic.q(earth, second) - q1);
    Parallels parallels = new Parallels(earth, n, m1 * m1 + n * q1);
    return new Cone.RolledOut(
        n, meridian, parallels.radius(Math.toRadians(originLatitude)), parallels);
  }

  /** Radii are {@code a · √(c − n · q) / n}. */
  private record Parallels(Earth earth, double n, double c) implements Cone.Parallels {
    @Override
    public double radius(double latitude) {
      return earth.semiMajorMetres() * Math.sqrt(c - n * Authalic.q(earth, latitude)) / n;
    }

    @Override
    public double latitude(double distance) {
      double radius = distance * n / earth.semiMajorMetres();
      return Authalic.latitude(earth, (c - radius * radius) / n);
    }
  }

  @Override
  public CoordinateReference reference() {
    return cone().reference(earth, "Albers Equal Area", "albers_conical_equal_area");
  }
}
