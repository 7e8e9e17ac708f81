package dev.firn.io.field;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class RegularAxisTest {

  @Test
  void coordinatesOfAQuarterDegreeGridAreExact() {
    double[] latitudes = RegularAxis.degrees(90, -90, 721).coordinates();

    for (int i = 0; i < latitudes.length; i++) {
      assertThat(latitudes[i], is(90 - i * 0.25));
    }
  }

  @Test
  void coordinatesAreTheNearestDoublesToTheirDecimals() {
    double[] longitudes = RegularAxis.degrees(0, 359.9, 3600).coordinates();

    for (int i = 0; i < longitudes.length; i++) {
      assertThat(longitudes[i], is(Double.parseDouble(i / 10 + "." + i % 10)));
    }
  }

  @Test
  void thirdsAreSpreadEvenlyBetweenTheEnds() {
    double[] coordinates = new RegularAxis(4, 0, 1_000_000, 1_000_000).coordinates();

    assertThat(coordinates, is(new double[] {0, 1 / 3.0, 2 / 3.0, 1}));
  }

  @Test
  void axesInDifferentUnitsAreEqual() {
    assertThat(new RegularAxis(3, 0, 500, 1000), is(RegularAxis.degrees(0, 0.5, 3)));
    assertThat(new RegularAxis(1, 0, 0, 1000), is(RegularAxis.degrees(0, 0, 1)));
  }

  @Test
  void singleCoordinateHasOneEnd() {
    assertThat(RegularAxis.degrees(12.5, 12.5, 1).coordinates(), is(new double[] {12.5}));
    assertThrows(IllegalArgumentException.class, () -> RegularAxis.degrees(0, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> RegularAxis.degrees(0, 1, 0));
  }
}
