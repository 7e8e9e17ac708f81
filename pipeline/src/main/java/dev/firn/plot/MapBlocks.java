package dev.firn.plot;

import org.jfree.data.xy.AbstractXYZDataset;

/** A map as the blocks of a chart: each value one, of a fine grid every second, third, … */
final class MapBlocks extends AbstractXYZDataset {
  private static final long serialVersionUID = 1L;
  private static final int MOST_COLUMNS = 800;

  private final transient GeoMap map;
  private final int stride;
  private final int rows;
  private final int columns;

  MapBlocks(GeoMap map) {
    this.map = map;
    this.stride = ceilDiv(map.longitudes().length, MOST_COLUMNS);
    this.rows = ceilDiv(map.latitudes().length, stride);
    this.columns = ceilDiv(map.longitudes().length, stride);
  }

  private static int ceilDiv(int dividend, int divisor) {
    return (dividend + divisor - 1) / divisor;
  }

  /** The width of a block in degrees. */
  double width() {
    return stride * Math.abs(map.longitudes()[1] - map.longitudes()[0]);
  }

  /** The height of a block in degrees. */
  double height() {
    return stride * Math.abs(map.latitudes()[1] - map.latitudes()[0]);
  }

  @Override
  public int getSeriesCount() {
    return 1;
  }

  @Override
  public Comparable<?> getSeriesKey(int series) {
    return map.labels().title();
  }

  @Override
  public int getItemCount(int series) {
    return rows * columns;
  }

  @Override
  public Number getX(int series, int item) {
    return map.longitudes()[item % columns * stride];
  }

  @Override
  public Number getY(int series, int item) {
    return map.latitudes()[item / columns * stride];
  }

  @Override
  public Number getZ(int series, int item) {
    return (double) value(item);
  }

  private float value(int item) {
    int row = item / columns * stride;
    int column = item % columns * stride;
    return map.values()[row * map.longitudes().length + column];
  }
}
