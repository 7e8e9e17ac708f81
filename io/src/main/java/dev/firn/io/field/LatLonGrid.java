package dev.firn.io.field;

import java.util.Optional;

/**
 * A regular grid of latitudes and longitudes. Rows lie along {@code latitude}, columns along {@code
 * longitude}, both in the order of {@link Field#values}.
 *
 * @param latitude of the rows, degrees north
 * @param longitude of the columns, degrees east, going on past 360 or below 0 where the grid
 *     crosses the meridian it counts from
 */
public record LatLonGrid(RegularAxis latitude, RegularAxis longitude) implements Grid {
  /** Checks that the points can be counted. */
  public LatLonGrid {
    Grid.checkPoints(latitude.count(), longitude.count());
  }

  @Override
  public int columns() {
    return longitude.count();
  }

  @Override
  public int rows() {
    return latitude.count();
  }

  /** Degrees north of each row. */
  public double[] latitudes() {
    return latitude.coordinates();
  }

  /** Degrees east of each column. */
  public double[] longitudes() {
    return longitude.coordinates();
  }

  @Override
  public Optional<PointCoordinates> coordinates() {
    return Optional.of(PointCoordinates.ofAxes(latitude, longitude));
  }
}
