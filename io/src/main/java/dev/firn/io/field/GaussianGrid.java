package dev.firn.io.field;

import java.util.Optional;

/**
 * Gaussian latitudes and evenly spaced longitudes. Rows lie along {@code latitude}, columns along
 * {@code longitude}, both in the order of {@link Field#values}.
 *
 * @param latitude of the rows
 * @param longitude of the columns, as in {@link LatLonGrid}
 */
public record GaussianGrid(GaussianAxis latitude, RegularAxis longitude) implements Grid {
  /** Checks that the points can be counted. */
  public GaussianGrid {
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

  @Override
  public Optional<PointCoordinates> coordinates() {
    return Optional.of(PointCoordinates.ofAxes(latitude, longitude));
  }
}
