package dev.firn.dataset;

import dev.firn.io.zarr.ArrayValues;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Supplier;

/** The values of a dataset's coordinates for one length of the append dimension. */
final class CoordinateValues {
  private final DatasetSpec spec;
  private final int length;
  private final double[] ingestedSeconds;
  private final Supplier<ProjectedPoints> points;

  /**
   * The coordinates of an archive.
   *
   * @param length of the append dimension
   * @param ingestedSeconds the ingested forecast lengths, NaN where nothing was ingested: one a
   *     position, or one a member of each position
   * @param points of a projected grid
   */
  CoordinateValues(
      DatasetSpec spec, int length, double[] ingestedSeconds, Supplier<ProjectedPoints> points) {
    this.spec = spec;
    this.points = points;
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
      case INGESTED_FORECAST_LENGTH -> ingested(coordinate);
      case MEMBERS -> members(coordinate);
      case LATITUDES -> points.get().latitudes();
      case LONGITUDES -> points.get().longitudes();
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
    double[] expected = new double[length];
    Arrays.setAll(
        expected, position -> spec.leadTimes().lastOf(spec.append().at(position)).toSeconds());
    return expected;
  }

  private ArrayValues ingested(CoordinateSpec coordinate) {
    return coordinate.dimensions().size() == 1
        ? ArrayValues.of(new int[] {length}, ingestedSeconds)
        : ArrayValues.of(new int[] {length, members(coordinate).size()}, ingestedSeconds);
  }

  private ArrayValues members(CoordinateSpec coordinate) {
    DimensionSpec.Members members =
        spec.members()
            .orElseThrow(
                () ->
                    new ConfigurationException(
                        "Invalid dataset "
                            + spec.id()
                            + ": coordinate "
                            + coordinate.name()
                            + " needs members among the dimensions"));
    short[] numbers = new short[members.length()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (short) i;
    }
    return ArrayValues.of(new int[] {numbers.length}, numbers);
  }
}
