package dev.firn.plot;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;

import java.awt.Color;
import org.junit.jupiter.api.Test;

class ColourScaleTest {
  private static double luminance(Color colour) {
    return 0.2126 * linear(colour.getRed())
        + 0.7152 * linear(colour.getGreen())
        + 0.0722 * linear(colour.getBlue());
  }

  private static double linear(int channel) {
    return Math.pow(channel / 255.0, 2.2);
  }

  @Test
  void valuesAboveZeroGrowLighter() {
    ColourScale scale = ColourScale.of(new float[] {0, 50, 100});

    double before = luminance(scale.colour(0));
    for (int value = 5; value <= 100; value += 5) {
      double now = luminance(scale.colour(value));
      assertThat("at " + value, now, greaterThan(before));
      before = now;
    }
  }

  @Test
  void valuesOnBothSidesOfZeroGrowDarkerAwayFromIt() {
    ColourScale scale = ColourScale.of(new float[] {-31, 0, 22});

    assertThat(scale.getLowerBound(), equalTo(-35.0));
    assertThat(scale.getUpperBound(), equalTo(35.0));
    for (int value = 5; value <= 35; value += 5) {
      assertThat(luminance(scale.colour(value - 5)), greaterThan(luminance(scale.colour(value))));
      assertThat(luminance(scale.colour(5 - value)), greaterThan(luminance(scale.colour(-value))));
    }
    assertThat(luminance(scale.colour(0)), greaterThan(0.85));
    assertThat(scale.colour(30).getRed() > scale.colour(30).getBlue(), equalTo(true));
    assertThat(scale.colour(-30).getBlue() > scale.colour(-30).getRed(), equalTo(true));
  }

  @Test
  void boundsAreRound() {
    ColourScale scale = ColourScale.of(new float[] {97123, 103456});

    assertThat(scale.getLowerBound(), equalTo(97000.0));
    assertThat(scale.getUpperBound(), equalTo(103500.0));
  }

  @Test
  void singleOutliersDoNotStretchIt() {
    float[] values = new float[10_000];
    for (int i = 0; i < values.length; i++) {
      values[i] = i % 100;
    }
    values[17] = 1e6f;

    ColourScale scale = ColourScale.of(values);

    assertThat(scale.getUpperBound(), equalTo(100.0));
    assertThat(scale.colour(1e6), equalTo(scale.colour(100)));
  }

  @Test
  void scaleOfFewValuesAmongManyEqualOnesShowsThem() {
    float[] values = new float[10_000];
    values[17] = 4;

    assertThat(ColourScale.of(values).getUpperBound(), equalTo(4.0));
  }
}
