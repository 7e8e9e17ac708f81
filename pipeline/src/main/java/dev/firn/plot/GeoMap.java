package dev.firn.plot;

/**
 * Values on latitudes and longitudes, and the words around them. Arrays are neither copied in nor
 * out.
 */
public final class GeoMap {
  private final Labels labels;
  private final double[] latitudes;
  private final double[] longitudes;
  private final float[] values;

  /**
   * What is written around a map.
   *
   * @param title the first line
   * @param subtitle the second line
   * @param units of the values
   */
  public record Labels(String title, String subtitle, String units) {}

  /**
   * A map.
   *
   * @param latitudes of the rows, degrees north, evenly spaced
   * @param longitudes of the columns, degrees east, evenly spaced
   * @param values row by row; NaN where there is none
   */
  public GeoMap(Labels labels, double[] latitudes, double[] longitudes, float[] values) {
    if (latitudes.length < 2
        || longitudes.length < 2
        || values.length != latitudes.length * longitudes.length) {
      throw new IllegalArgumentException(
          "Invalid map: %d values, %d rows, %d columns"
              .formatted(values.length, latitudes.length, longitudes.length));
    }
    this.labels = labels;
    this.latitudes = latitudes;
    this.longitudes = longitudes;
    this.values = values;
  }

  /** What is written around it. */
  public Labels labels() {
    return labels;
  }

  /** Of the rows, degrees north. */
  public double[] latitudes() {
    return latitudes;
  }

  /** Of the columns, degrees east. */
  public double[] longitudes() {
    return longitudes;
  }

  /** Row by row; NaN where there is none. */
  public float[] values() {
    return values;
  }
}
