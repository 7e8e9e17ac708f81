package dev.firn.io.field;

import java.util.Optional;

/**
 * Points whose places are not known: those of an unstructured grid, which refers to a file of
 * coordinates, or of a grid Firn has no geometry for.
 *
 * @param rows 1 where points are in no rows
 */
public record FlatGrid(int rows, int columns) implements Grid {
  /** Checks that the points can be counted. */
  public FlatGrid {
    Grid.checkPoints(rows, columns);
  }

  /** Points in no rows. */
  public static FlatGrid ofPoints(int points) {
    return new FlatGrid(1, points);
  }

  @Override
  public Optional<PointCoordinates> coordinates() {
    return Optional.empty();
  }
}
