package dev.firn.fields;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GridAlignmentTest {
  private static final double[] SOUTHWARD = axis(90, -0.25, 721);
  private static final double[] FROM_DATE_LINE = axis(-180, 0.25, 1440);

  @ParameterizedTest(name = "rows by {0}, columns from {1} to {2}")
  @CsvSource({
    "-0.25, 0, -180",
    "0.25, 0, -180",
    "-0.25, -180, -180",
    "0.25, -180, 0",
    "-0.25, 180, -180",
    "-0.25, 0.25, 12.5",
    "-0.25, 0, 359.75",
    "0.25, -180, -540",
  })
  void everyValueKeepsItsPlaceOnEarth(double step, double sourceWest, double targetWest) {
    double[] sourceLatitudes = axis(step < 0 ? 90 : -90, step, 721);
    double[] sourceLongitudes = axis(sourceWest, 0.25, 1440);
    double[] targetLongitudes = axis(targetWest, 0.25, 1440);
    GridAlignment alignment =
        GridAlignment.of(sourceLatitudes, sourceLongitudes, SOUTHWARD, targetLongitudes);

    float[] aligned = alignment.align(places(sourceLatitudes, sourceLongitudes));

    assertThat(aligned, equalTo(places(SOUTHWARD, targetLongitudes)));
  }

  @Test
  void rowGoesWhereItIsAskedFor() {
    GridAlignment alignment =
        GridAlignment.of(
            new double[] {-1, 1},
            new double[] {0, 90, 180, 270},
            new double[] {1, -1},
            new double[] {-180, -90, 0, 90});
    float[] source = {0, 1, 2, 3, 10, 11, 12, 13};
    float[] target = new float[6];

    alignment.copyRow(source, 0, target, 1);

    assertThat(target, equalTo(new float[] {0, 12, 13, 10, 11, 0}));
    assertThat(alignment.align(source), equalTo(new float[] {12, 13, 10, 11, 2, 3, 0, 1}));
    assertThrows(IndexOutOfBoundsException.class, () -> alignment.copyRow(source, 2, target, 0));
  }

  @Test
  void alignmentIsIdentityOnlyWhenNothingMoves() {
    double[] northward = axis(-90, 0.25, 721);
    double[] fromGreenwich = axis(0, 0.25, 1440);
    double[] unnormalised = axis(180, 0.25, 1440);

    assertThat(identity(SOUTHWARD, FROM_DATE_LINE), is(true));
    assertThat(identity(SOUTHWARD, unnormalised), is(true));
    assertThat(identity(northward, FROM_DATE_LINE), is(false));
    assertThat(identity(SOUTHWARD, fromGreenwich), is(false));
  }

  @Test
  void identityStillCopies() {
    double[] one = {5};
    float[] source = {1};

    float[] aligned = GridAlignment.of(one, one, one, one).align(source);
    aligned[0] = 2;

    assertThat(source[0], equalTo(1f));
  }

  @Test
  void regionalGridAcrossGreenwichIsTheSameInBothSpellings() {
    double[] latitudes = axis(29.5, 0.0625, 657);
    double[] spelled360 = axis(-23.5, 0.0625, 1377);
    for (int i = 0; i < spelled360.length; i++) {
      spelled360[i] = (spelled360[i] + 360) % 360;
    }

    GridAlignment alignment =
        GridAlignment.of(latitudes, spelled360, latitudes, axis(-23.5, 0.0625, 1377));

    assertThat(alignment.isIdentity(), is(true));
  }

  @Test
  void axesStoredAsFloat32AreTheSamePoints() {
    double[] latitudes = axis(89.95, -0.1, 1800);
    double[] longitudes = axis(-179.95, 0.1, 3600);
    double[] float32Latitudes = latitudes.clone();
    double[] float32Longitudes = longitudes.clone();
    Arrays.setAll(float32Latitudes, i -> (float) latitudes[i]);
    Arrays.setAll(float32Longitudes, i -> (float) ((longitudes[i] + 360) % 360));

    GridAlignment alignment =
        GridAlignment.of(float32Latitudes, float32Longitudes, latitudes, longitudes);

    assertThat(alignment.isIdentity(), is(true));
  }

  @Test
  void axesCutToMicroDegreesAreTheSamePoints() {
    double[] latitudes = axis(49.91666793823242, -0.041666667692, 621);
    double[] longitudes = axis(-125, 0.041666666667, 1405);
    double[] cutLatitudes = latitudes.clone();
    double[] cutLongitudes = longitudes.clone();
    Arrays.setAll(cutLatitudes, i -> Math.floor(latitudes[i] * 1e6) / 1e6);
    Arrays.setAll(cutLongitudes, i -> Math.floor(longitudes[i] * 1e6) / 1e6);

    GridAlignment alignment = GridAlignment.of(cutLatitudes, cutLongitudes, latitudes, longitudes);

    assertThat(alignment.isIdentity(), is(true));
  }

  @Test
  void gridOfAnotherSizeIsRefused() {
    assertThat(
        refusal(axis(90, -0.5, 361), axis(0, 0.5, 720)),
        equalTo(
            "Cannot align: grid has 361 rows from 90.0 to -90.0,"
                + " expected 721 rows from 90.0 to -90.0"));
    assertThat(
        refusal(SOUTHWARD, axis(0, 0.5, 720)),
        equalTo(
            "Cannot align: grid has 720 columns from 0.0 to 359.5,"
                + " expected 1440 columns from -180.0 to 179.75"));
    assertThat(
        refusal(new double[0], FROM_DATE_LINE),
        equalTo("Cannot align: grid has no rows, expected 721 rows from 90.0 to -90.0"));
  }

  @Test
  void gridOfOtherPointsIsRefused() {
    assertThat(
        refusal(axis(89.875, -0.25, 721), FROM_DATE_LINE),
        equalTo(
            "Cannot align: grid has 721 rows from 89.875 to -90.125,"
                + " expected 721 rows from 90.0 to -90.0"));
    assertThat(
        refusal(SOUTHWARD, axis(0.125, 0.25, 1440)),
        equalTo(
            "Cannot align: grid has 1440 columns from 0.125 to 359.875,"
                + " expected 1440 columns from -180.0 to 179.75"));
  }

  @ParameterizedTest
  @ValueSource(doubles = {10.0001, Double.NaN})
  void singlePointElsewhereIsRefused(double elsewhere) {
    double[] latitudes = SOUTHWARD.clone();
    latitudes[320] = elsewhere;
    double[] longitudes = FROM_DATE_LINE.clone();
    longitudes[760] = elsewhere;

    assertThat(
        refusal(latitudes, FROM_DATE_LINE),
        equalTo(
            "Cannot align: grid has latitude "
                + elsewhere
                + " in place 320 of its rows,"
                + " expected 10.0"));
    assertThat(
        refusal(SOUTHWARD, longitudes),
        equalTo(
            "Cannot align: grid has longitude "
                + elsewhere
                + " in place 760 of its columns,"
                + " expected 10.0"));
  }

  @Test
  void fieldOfAnotherSizeIsRefused() {
    GridAlignment alignment =
        GridAlignment.of(SOUTHWARD, FROM_DATE_LINE, SOUTHWARD, FROM_DATE_LINE);

    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> alignment.align(new float[720 * 1440]));

    assertThat(
        refusal.getMessage(),
        equalTo("Cannot align field: it has 1036800 values, its grid 721 rows of 1440"));
  }

  private static boolean identity(double[] latitudes, double[] longitudes) {
    return GridAlignment.of(latitudes, longitudes, SOUTHWARD, FROM_DATE_LINE).isIdentity();
  }

  private static String refusal(double[] latitudes, double[] longitudes) {
    return assertThrows(
            IllegalArgumentException.class,
            () -> GridAlignment.of(latitudes, longitudes, SOUTHWARD, FROM_DATE_LINE))
        .getMessage();
  }

  private static double[] axis(double first, double step, int count) {
    double[] axis = new double[count];
    for (int i = 0; i < count; i++) {
      axis[i] = first + i * step;
    }
    return axis;
  }

  /** A field whose values tell where on Earth they belong. */
  private static float[] places(double[] latitudes, double[] longitudes) {
    float[] field = new float[latitudes.length * longitudes.length];
    for (int row = 0; row < latitudes.length; row++) {
      for (int column = 0; column < longitudes.length; column++) {
        double east = (longitudes[column] + 720) % 360;
        field[row * longitudes.length + column] = (float) (latitudes[row] * 4 * 1440 + east * 4);
      }
    }
    return field;
  }
}
