package dev.firn.demo;

import dev.firn.io.field.LatLonGrid;
import dev.firn.io.field.RegularAxis;

/** What does not change: the grid, the land, and the patterns that the weather is made of. */
final class Planet {
  /** The points of the model: north to south, eastward from Greenwich, every 1.5 degrees. */
  static final LatLonGrid GRID =
      new LatLonGrid(RegularAxis.degrees(90, -90, 121), RegularAxis.degrees(0, 358.5, 240));

  private static final double COAST = 0.4;

  private final Waves storms = Waves.stormTracks(11);
  private final Waves eddies = Waves.eddies(12, 12, 14, 60);
  private final Waves ripples = Waves.eddies(13, 10, 44, 40);
  private final double[] landShare = new double[GRID.points()];
  private final double[] heightMetres = new double[GRID.points()];

  Planet() {
    double[] terrain = Waves.eddies(7, 16, 6, 1).at(0, 0);
    double[] hills = Waves.eddies(8, 16, 18, 1).at(0, 0);
    for (int point = 0; point < terrain.length; point++) {
      double above = terrain[point] + 0.2 * hills[point] - COAST;
      landShare[point] = 1 / (1 + Math.exp(-12 * above));
      heightMetres[point] = above <= 0 ? 0 : 650 * Math.pow(above, 1.5);
    }
  }

  /** The pattern of travelling highs (negative) and lows (positive). */
  Waves storms() {
    return storms;
  }

  /** The pattern of smaller, slower things. */
  Waves eddies() {
    return eddies;
  }

  /** The pattern of what is smaller still. */
  Waves ripples() {
    return ripples;
  }

  /** How much of a point is land, 0 to 1. */
  double landShare(int point) {
    return landShare[point];
  }

  /** The height of the ground. */
  double heightMetres(int point) {
    return heightMetres[point];
  }

  /** The latitude of a row in radians. */
  static double latitude(int row) {
    return Math.toRadians(90 - 1.5 * row);
  }

  /** The longitude of a column in radians. */
  static double longitude(int column) {
    return Math.toRadians(1.5 * column);
  }
}
