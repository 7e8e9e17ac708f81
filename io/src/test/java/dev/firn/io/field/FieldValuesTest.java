package dev.firn.io.field;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class FieldValuesTest {
  private static final LatLonGrid GRID =
      new LatLonGrid(RegularAxis.degrees(1, 0, 2), RegularAxis.degrees(5, 6, 2));

  @Test
  void fieldsAreEqualByGridAndBits() {
    Field field = new Field(GRID, new float[] {1, 2, Float.NaN, 0});

    assertThat(field, is(new Field(GRID, new float[] {1, 2, Float.NaN, 0})));
    assertThat(field, is(not(new Field(GRID, new float[] {1, 2, Float.NaN, -0.0f}))));
    assertThat(field.hashCode(), is(new Field(GRID, field.values().clone()).hashCode()));
  }

  @Test
  void fieldNeedsOneValueForEachPoint() {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> new Field(GRID, new float[3]));

    assertThat(e.getMessage(), is("Invalid field: 3 values on 4 points"));
  }

  @Test
  void surfacesAreEqualByNumericValue() {
    assertThat(FixedSurface.of(103, 2), is(FixedSurface.of(103, 2.0)));
    assertThat(FixedSurface.of(103, -0.0), is(FixedSurface.of(103, 0.0)));
    assertThat(FixedSurface.of(103, 0.0), is(not(FixedSurface.of(103))));
    assertThrows(IllegalArgumentException.class, () -> FixedSurface.of(103, Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> FixedSurface.of(256));
  }

  @Test
  void parameterNumbersAreOctets() {
    assertThat(new Parameter(0, 1, 8).toString(), is("0.1.8"));
    assertThrows(IllegalArgumentException.class, () -> new Parameter(0, 256, 0));
    assertThrows(IllegalArgumentException.class, () -> new Parameter(0, 0, -1));
  }

  @Test
  void conversionMultipliesThenAdds() {
    double[] kelvin = {273.15, 274.15, 7};
    double[] metres = {3};

    UnitConversion.KELVIN_TO_CELSIUS.apply(kelvin, 2);
    new UnitConversion(2, 1).apply(metres, 1);

    assertThat(kelvin, is(new double[] {0, 274.15 - 273.15, 7}));
    assertThat(metres, is(new double[] {7}));
  }

  @Test
  void noConversionKeepsNegativeZero() {
    double[] values = {-0.0};

    UnitConversion.NONE.apply(values, 1);

    assertThat(values, is(new double[] {-0.0}));
  }
}
