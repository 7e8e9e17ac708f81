package dev.firn.io.projection;

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
  /** Checks that there is a cone. */
  public LambertConformal {
    Projection.checkBetweenPoles(firstParallel);
    Projection.checkBetweenPoles(secondParallel);
    Projection.checkBetweenPoles(originLatitude);
    Cone.check(firstParallel, secondParallel);
  }

  private Cone cone() {
    return new Cone(firstParallel, secondParallel, originLatitude, meridian);
  }

  @Override
  public MapTransform transform() {
    double first = Math.toRadians(firstParallel);
    double second = Math.toRadians(secondParallel);
    double t1 = Conformal.t(earth, first);
    double n =
        cone().isTangent()
            ? Math.sin(first)
            : Math.log(earth.parallelRadius(first) / earth.parallelRadius(second))
                / Math.log(t1 / Conformal.t(earth, second));
    double scale = earth.semiMajorMetres() * earth.parallelRadius(first) / (n * Math.pow(t1, n));
    Parallels parallels = new Parallels(earth, n, scale);
    return new Cone.RolledOut(
        n, meridian, parallels.radius(Math.toRadians(originLatitude)), parallels);
  }

  /** Radii are {@code scale · t^n}. */
  private record Parallels(Earth earth, double n, double scale) implements Cone.Parallels {
    @Override
    public double radius(double latitude) {
      return scale * Math.pow(Conformal.t(earth, latitude), n);
    }

    @Override
    public double latitude(double distance) {
      return distance == 0
          ? Math.signum(n) * Math.PI / 2
          : Conformal.latitude(earth, Math.pow(distance / Math.abs(scale), 1 / n));
    }
  }

  @Override
  public CoordinateReference reference() {
    return cone().reference(earth, "Lambert Conic Conformal (2SP)", "lambert_conformal_conic");
  }
}
