package dev.firn.io.field;

import dev.firn.io.projection.GeoPoint;
import java.util.List;
import java.util.Optional;

/**
 * Rows of different lengths along latitudes, evenly spaced each. {@link Field#values} holds the
 * rows one after the other, as one row of all points.
 *
 * @param latitude of the rows
 * @param rowLengths points of each row; some may have none
 * @param west degrees east of each row's first point
 * @param width degrees from there to the last point; 360 where rows go round the earth, the last
 *     point being one before the first
 */
public record ReducedGrid(Axis latitude, List<Integer> rowLengths, double west, double width)
    implements Grid {
  /** Checks the rows, and that the points can be counted. */
  public ReducedGrid {
    rowLengths = List.copyOf(rowLengths);
    if (rowLengths.size() != latitude.count()
        || !(width >= 0 && width <= 360)
        || rowLengths.stream().anyMatch(length -> length < 0)
        || sum(rowLengths) > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "Invalid grid of %d rows at %d latitudes, %s degrees wide"
              .formatted(rowLengths.size(), latitude.count(), width));
    }
  }

  private static long sum(List<Integer> lengths) {
    return lengths.stream().mapToLong(Integer::longValue).sum();
  }

  @Override
  public int columns() {
    return (int) sum(rowLengths);
  }

  @Override
  public int rows() {
    return 1;
  }

  @Override
  public Optional<PointCoordinates> coordinates() {
    GeoPoint[] places = new GeoPoint[points()];
    double[] north = latitude.coordinates();
    int point = 0;
    for (int row = 0; row < north.length; row++) {
      int length = rowLengths.get(row);
      int steps = width == 360 ? length : Math.max(length - 1, 1);
      for (int i = 0; i < length; i++) {
        places[point++] = new GeoPoint(north[row], west + i * width / steps);
      }
    }
    return Optional.of(PointCoordinates.of(places.length, i -> places[i]));
  }
}
