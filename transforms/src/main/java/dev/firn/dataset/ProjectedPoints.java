package dev.firn.dataset;

import dev.firn.io.projection.GeoPoint;
import dev.firn.io.projection.MapTransform;
import dev.firn.io.projection.Projection;
import dev.firn.io.zarr.ArrayValues;

/** Latitudes and longitudes of a projected grid's points, as float32 arrays of rows × columns. */
record ProjectedPoints(ArrayValues latitudes, ArrayValues longitudes) {

  static ProjectedPoints of(Projection projection, double[] y, double[] x) {
    MapTransform map = projection.transform();
    float[] latitudes = new float[y.length * x.length];
    float[] longitudes = new float[y.length * x.length];
    for (int row = 0; row < y.length; row++) {
      for (int column = 0; column < x.length; column++) {
        GeoPoint place = map.locate(x[column], y[row]);
        latitudes[row * x.length + column] = (float) place.latitude();
        longitudes[row * x.length + column] = (float) place.longitude();
      }
    }
    int[] shape = {y.length, x.length};
    return new ProjectedPoints(ArrayValues.of(shape, latitudes), ArrayValues.of(shape, longitudes));
  }
}
