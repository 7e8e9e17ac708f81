package dev.firn.io.field;

import dev.firn.io.projection.GeoPoint;
import java.util.Arrays;
import java.util.function.IntFunction;

/**
 * Latitude and longitude of each point of a grid, in the order of {@link Field#values}; not a
 * number where a point of a map lies beside the earth.
 *
 * <p>The arrays are neither copied in nor out.
 */
public final class PointCoordinates {
  private final double[] latitudes;
  private final double[] longitudes;

  private PointCoordinates(double[] latitudes, double[] longitudes) {
    this.latitudes = latitudes;
    this.longitudes = longitudes;
  }

  /** Places by the number of their point. */
  static PointCoordinates of(int points, IntFunction<GeoPoint> places) {
    double[] latitudes = new double[points];
    double[] longitudes = new double[points];
    for (int point = 0; point < points; point++) {
      GeoPoint place = places.apply(point);
      latitudes[point] = place.latitude();
      longitudes[point] = place.longitude();
    }
    return new PointCoordinates(latitudes, longitudes);
  }

  /** Every longitude at every latitude. */
  static PointCoordinates ofAxes(Axis latitude, Axis longitude) {
    double[] north = latitude.coordinates();
    double[] east = longitude.coordinates();
    return of(
        Math.multiplyExact(north.length, east.length),
        point -> new GeoPoint(north[point / east.length], east[point % east.length]));
  }

  /** Degrees north. */
  public double[] latitudes() {
    return latitudes;
  }

  /** Degrees east. */
  public double[] longitudes() {
    return longitudes;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PointCoordinates points
        && Arrays.equals(latitudes, points.latitudes)
        && Arrays.equals(longitudes, points.longitudes);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(latitudes) + Arrays.hashCode(longitudes);
  }
}
