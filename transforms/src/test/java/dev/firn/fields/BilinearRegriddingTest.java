package dev.firn.fields;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BilinearRegriddingTest {
  /** Four columns and three rows, from the north and Greenwich. */
  private static final double[] LATITUDES = {90, 0, -90};

  private static final double[] LONGITUDES = {0, 90, 180, 270};
  private static final float[] FIELD = {
    0, 0, 0, 0,
    10, 20, 30, 40,
    4, 4, 4, 4
  };

  private static float[] row(double latitude, double... longitudes) {
    BilinearRegridding regridding =
        BilinearRegridding.of(
            LATITUDES, LONGITUDES, new double[] {latitude, latitude - 1}, longitudes);
    float[] row = new float[longitudes.length];
    regridding.copyRow(FIELD, 0, row, 0);
    return row;
  }

  @Test
  void pointsThatCoincideHaveTheirValueExactly() {
    assertThat(row(0, -180, -90, 0, 90), equalTo(new float[] {30, 40, 10, 20}));
  }

  @Test
  void pointsBetweenAreInterpolatedAlongBothAxes() {
    assertThat(row(0, 45, 67.5), equalTo(new float[] {15, 17.5f}));
    assertThat(row(45, 45, 90), equalTo(new float[] {7.5f, 10}));
    assertThat(row(-45, 0, 135), equalTo(new float[] {7, 14.5f}));
  }

  @Test
  void columnsCloseAroundTheGlobe() {
    assertThat(row(0, -45, 315, -1e-9), equalTo(new float[] {25, 25, 10}));
  }

  @Test
  void missingNeighbourOfAPointThatCoincidesDoesNotTouchIt() {
    float[] field = FIELD.clone();
    field[5] = Float.NaN;
    BilinearRegridding regridding =
        BilinearRegridding.of(
            LATITUDES, LONGITUDES, new double[] {0, -45}, new double[] {0, 45, 180});
    float[] row = new float[3];

    regridding.copyRow(field, 0, row, 0);

    assertThat(row, equalTo(new float[] {10, Float.NaN, 30}));
  }

  @Test
  void everySecondPointOfHalvedStepsIsTheSources() {
    double[] fineLatitudes = IntStream.rangeClosed(0, 4).mapToDouble(i -> 90 - 45 * i).toArray();
    double[] fineLongitudes = IntStream.range(0, 8).mapToDouble(i -> -180 + 45 * i).toArray();
    BilinearRegridding regridding =
        BilinearRegridding.of(LATITUDES, LONGITUDES, fineLatitudes, fineLongitudes);
    float[] row = new float[8];

    for (int y = 0; y < LATITUDES.length; y++) {
      regridding.copyRow(FIELD, 2 * y, row, 0);
      for (int x = 0; x < LONGITUDES.length; x++) {
        assertThat(row[2 * x], equalTo(FIELD[4 * y + (x + 2) % 4]));
      }
    }
  }

  @Test
  void gridThatIsNotGlobalIsRefused() {
    assertThat(
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    BilinearRegridding.of(
                        LATITUDES, new double[] {0, 90, 180}, LATITUDES, LONGITUDES))
            .getMessage(),
        containsString("3 columns of 90.0 degrees do not go around the globe"));
    assertThat(
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    BilinearRegridding.of(
                        new double[] {60, 0}, LONGITUDES, new double[] {61, 0}, LONGITUDES))
            .getMessage(),
        containsString("latitude 61.0 is outside the grid's, 60.0 to 0.0"));
  }
}
