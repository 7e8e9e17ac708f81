package dev.firn.io.field;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.firn.io.projection.Earth;
import dev.firn.io.projection.Mercator;
import dev.firn.io.projection.PoleRotation;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GridTest {
  private static PointCoordinates coordinates(Grid grid) {
    return grid.coordinates().orElseThrow();
  }

  @Test
  void gaussianLatitudesAreThoseOfEcCodes() {
    double[] latitudes = new GaussianAxis(32, 0, 64, false).coordinates();

    assertThat(latitudes[63], closeTo(-87.86379884, 5e-9));
    assertThat(latitudes[62], closeTo(-85.09652699, 5e-9));
    assertThat(latitudes[0], is(-latitudes[63]));
    assertThat(new GaussianAxis(1, 0, 1, false).coordinates()[0], closeTo(35.264389682755, 1e-12));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8, 32, 47, 320, 1280})
  void everyGaussianLatitudeIsItsOwnNearest(int parallels) {
    double[] latitudes = new GaussianAxis(parallels, 0, 2 * parallels, false).coordinates();
    for (int row = 0; row < 2 * parallels; row += Math.max(1, parallels / 7)) {
      assertThat(GaussianAxis.nearestRow(parallels, latitudes[row]), is(row));
    }
    for (int row = 1; row < 2 * parallels; row++) {
      assertThat(latitudes[row] < latitudes[row - 1], is(true));
    }
    assertThat(GaussianAxis.nearestRow(parallels, 90), is(0));
    assertThat(GaussianAxis.nearestRow(parallels, -90), is(2 * parallels - 1));
  }

  @Test
  void northwardGaussianRowsCountDown() {
    double[] latitudes = new GaussianAxis(2, 3, 2, true).coordinates();

    assertThat(latitudes[0], closeTo(-59.44440829, 1e-8));
    assertThat(latitudes[1], closeTo(-19.87571914, 2e-8));
  }

  @Test
  void everyColumnIsAtEveryRow() {
    PointCoordinates points =
        coordinates(new LatLonGrid(RegularAxis.degrees(1, 0, 2), RegularAxis.degrees(10, 30, 3)));

    assertThat(points.latitudes(), is(new double[] {1, 1, 1, 0, 0, 0}));
    assertThat(points.longitudes(), is(new double[] {10, 20, 30, 10, 20, 30}));
  }

  @Test
  void gaussianGridHasItsLatitudesInRows() {
    Grid grid = new GaussianGrid(new GaussianAxis(1, 0, 2, false), RegularAxis.degrees(0, 90, 2));

    assertThat(coordinates(grid).latitudes()[3], closeTo(-35.264389682755, 1e-11));
    assertThat(coordinates(grid).longitudes()[3], is(90.0));
  }

  @Test
  void mapPointsFollowTheAxes() {
    Grid grid =
        new ProjectedGrid(
            new Mercator(Earth.sphere(180 / Math.PI), 0),
            new MetricAxis(2, 0, 1),
            new MetricAxis(3, 5, -10));

    assertThat(coordinates(grid).longitudes()[2], closeTo(-15, 1e-12));
    assertThat(coordinates(grid).longitudes()[3], closeTo(5, 1e-12));
    assertThat(coordinates(grid).latitudes()[3], closeTo(0.99994923, 1e-8));
  }

  @Test
  void unrotatedPoleLeavesCoordinates() {
    Grid grid =
        new RotatedLatLonGrid(
            RegularAxis.degrees(10, 0, 2),
            RegularAxis.degrees(-20, 20, 2),
            new PoleRotation(-90, 0, 0));

    assertThat(coordinates(grid).latitudes()[1], closeTo(10, 1e-12));
    assertThat(coordinates(grid).longitudes()[2], closeTo(-20, 1e-12));
  }

  @Test
  void reducedRowsGoRoundTheEarthOrEndAtTheLastPoint() {
    Axis latitude = RegularAxis.degrees(10, 0, 2);

    Grid round = new ReducedGrid(latitude, List.of(2, 3), 0, 360);
    Grid part = new ReducedGrid(latitude, List.of(1, 3), 30, 90);

    assertThat(coordinates(round).longitudes(), is(new double[] {0, 180, 0, 120, 240}));
    assertThat(coordinates(round).latitudes(), is(new double[] {10, 10, 0, 0, 0}));
    assertThat(coordinates(part).longitudes(), is(new double[] {30, 30, 75, 120}));
  }

  @Test
  void flatGridsHaveNoCoordinates() {
    assertThat(FlatGrid.ofPoints(7).coordinates().isPresent(), is(false));
    assertThat(FlatGrid.ofPoints(7).points(), is(7));
  }

  @Test
  void gridsThatDoNotFitTheirAxesAreInvalid() {
    assertThrows(IllegalArgumentException.class, () -> new GaussianAxis(2, 3, 2, false));
    assertThrows(IllegalArgumentException.class, () -> new GaussianAxis(2, 0, 2, true));
    assertThrows(IllegalArgumentException.class, () -> new MetricAxis(0, 0, 1));
    assertThrows(IllegalArgumentException.class, () -> new MetricAxis(1, Double.NaN, 1));
    assertThrows(IllegalArgumentException.class, () -> new FlatGrid(1 << 20, 1 << 20));
    assertThrows(
        IllegalArgumentException.class,
        () -> new ReducedGrid(RegularAxis.degrees(1, 0, 2), List.of(1), 0, 360));
  }
}
