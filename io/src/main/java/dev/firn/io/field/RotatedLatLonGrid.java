package dev.firn.io.field;

import dev.firn.io.projection.PoleRotation;
import java.util.Optional;

/**
 * A regular grid of latitudes and longitudes that count from another pole.
 *
 * @param latitude of the rows in the rotated system
 * @param longitude of the columns in the rotated system
 * @param rotation where the rotated pole is
 */
public record RotatedLatLonGrid(RegularAxis latitude, RegularAxis longitude, PoleRotation rotation)
    implements Grid {
  /** Checks that the points can be counted. */
  public RotatedLatLonGrid {
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
    double[] north = latitude.coordinates();
    double[] east = longitude.coordinates();
    return Optional.of(
        PointCoordinates.of(
            points(),
            point -> rotation.locate(north[point / east.length], east[point % east.length])));
  }
}
