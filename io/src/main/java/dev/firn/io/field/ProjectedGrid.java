package dev.firn.io.field;

import dev.firn.io.projection.MapTransform;
import dev.firn.io.projection.Projection;
import java.util.Optional;

/**
 * A grid that is regular on a map. Rows lie along {@code y}, columns along {@code x}, both in the
 * order of {@link Field#values}.
 *
 * @param projection the map
 * @param y of the rows
 * @param x of the columns
 */
public record ProjectedGrid(Projection projection, MetricAxis y, MetricAxis x) implements Grid {
  /** Checks that the points can be counted. */
  public ProjectedGrid {
    Grid.checkPoints(y.count(), x.count());
  }

  @Override
  public int columns() {
    return x.count();
  }

  @Override
  public int rows() {
    return y.count();
  }

  @Override
  public Optional<PointCoordinates> coordinates() {
    MapTransform map = projection.transform();
    return Optional.of(
        PointCoordinates.of(
            points(), point -> map.locate(x.at(point % columns()), y.at(point / columns()))));
  }
}
