package dev.firn.io.projection;

/**
 * A place on a map; not finite where the map does not show a place of the earth.
 *
 * @param x metres to the right of the map's origin
 * @param y metres above it
 */
public record MapPoint(double x, double y) {
  /** Whether the map shows it. */
  public boolean isOnMap() {
    return Double.isFinite(x) && Double.isFinite(y);
  }
}
