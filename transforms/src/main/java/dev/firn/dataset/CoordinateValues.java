package dev.firn.dataset;

import dev.firn.io.zarr.ArrayValues;
import java.time.Duration;
import java.util.Arrays;

/** The values of a dataset's coordinates for one length of the append dimension. */
final class CoordinateValues {
  private final DatasetSpec spec;
  private final int length;
  private final double[] ingestedSeconds;

  /**
   * The coordinates of an archive.
   *
   * @param length of the append dimension
   * @param ingestedSeconds the ingested forecast lengths, one a position, NaN where nothing was
   *     ingested
   */
  CoordinateValues(DatasetSpec spec, int length, double[] ingestedSeconds) {
    this.spec = spec;
    this.length = length;
    this.ingestedSeconds = ingestedSeconds;
  }

  ArrayValues of(CoordinateSpec coordinate) {
    return switch (coordinate.values()) {
      case APPEND_TIMES -> ArrayValues.of(new int[] {length}, appendSeconds());
      case LEAD_TIMES -> ArrayValues.of(new int[] {leadSeconds().length}, leadSeconds());
      case AXIS -> axis(coordinate);
      case VALID_TIMES -> validSeconds();
      case EXPECTED_FORECAST_LENGTH -> ArrayValues.of(new int[] {length}, expectedSeconds());
      case INGESTED_FORECAST_LENGTH -> ArrayValues.of(new int[] {length}, ingestedSeconds);
      case GRID_MAPPING -> ArrayValues.of(new int[0], new long[] {0});
    };
  }

  private long[] appendSeconds() {
    long[] seconds = new long[length];
    Arrays.setAll(seconds, position -> spec.append().at(position).getEpochSecond());
    return seconds;
  }

  private double[] leadSeconds() {
    return spec.leadTimes().values().stream().mapToDouble(Duration::toSeconds).toArray();
  }

  private ArrayValues axis(CoordinateSpec coordinate) {
    if (spec.dimension(coordinate.name()).orElse(null) instanceof DimensionSpec.Axis axis) {
      return ArrayValues.of(new int[] {axis.length()}, axis.values());
    }
    throw new ConfigurationException(
        "Invalid dataset "
            + spec.id()
            + ": coordinate "
            + coordinate.name()
            + " has the values of an axis, but no axis has its name");
  }

  private ArrayValues validSeconds() {
    long[] appends = appendSeconds();
    double[] leads = leadSeconds();
    long[] valid = new long[appends.length * leads.length];
    Arrays.setAll(valid, i -> appends[i / leads.length] + (long) leads[i % leads.length]);
    return ArrayValues.of(new int[] {appends.length, leads.length}, valid);
  }

  private double[] expectedSeconds() {
    double[] leads = leadSeconds();
    double[] expected = new double[length];
    Arrays.fill(expected, leads[leads.length - 1]);
    return expected;
  }
}
