package dev.firn.fields;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import org.junit.jupiter.api.Test;

class GapInterpolationTest {
  private static final float NAN = Float.NaN;

  @Test
  void gapsGetTheMidpointOfTheirNeighbours() {
    float[] values = {0, 10, 99, NAN, 4, -20, 99, 99, 8, 5};

    new GapInterpolation(new boolean[] {false, true, false, true, false}).apply(values);

    assertThat(values, equalTo(new float[] {0, 10, 2, -5, 4, -20, 6, -7.5f, 8, 5}));
  }

  @Test
  void firstAndLastStepStayAsTheyAre() {
    float[] values = {7, 1, 9};

    new GapInterpolation(new boolean[] {true, false, true}).apply(values);

    assertThat(values, equalTo(new float[] {7, 1, 9}));
  }

  @Test
  void nanNeighbourGivesNan() {
    float[] values = {NAN, 1, 5, 5, 2, NAN};

    new GapInterpolation(new boolean[] {false, true, false}).apply(values);

    assertThat(values, equalTo(new float[] {NAN, 1, NAN, NAN, 2, NAN}));
  }

  @Test
  void midpointOfTheLargestFloatsDoesNotOverflow() {
    float[] values = {-Float.MAX_VALUE, 0, Float.MAX_VALUE};

    new GapInterpolation(new boolean[] {false, true, false}).apply(values);

    assertThat(values[1], equalTo(0f));
  }

  @Test
  void everySecondStepOfNoiseIsTheRoundedMidpoint() {
    Random random = new Random(3);
    int cells = 501;
    float[] values = new float[9 * cells];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian() * 1e5f;
    }
    float[] before = values.clone();
    boolean[] gaps = {false, true, false, true, false, true, false, true, false};

    new GapInterpolation(gaps).apply(values);

    for (int cell = 0; cell < cells; cell++) {
      for (int step = 0; step < 9; step++) {
        int i = step * cells + cell;
        double midpoint = 0.5 * before[Math.max(0, i - cells)];
        midpoint += 0.5 * before[Math.min(values.length - 1, i + cells)];
        assertThat(values[i], equalTo(gaps[step] ? (float) midpoint : before[i]));
      }
    }
  }

  @Test
  void filledStepDependsOnItsNeighbours() {
    GapInterpolation gaps = new GapInterpolation(new boolean[] {true, false, true, false});

    assertThat(gaps.inputsOf(0), equalTo(new int[] {0}));
    assertThat(gaps.inputsOf(1), equalTo(new int[] {1}));
    assertThat(gaps.inputsOf(2), equalTo(new int[] {1, 3}));
  }

  @Test
  void laterChangesOfTheFlagsHaveNoEffect() {
    boolean[] flags = {false, true, false};
    GapInterpolation gaps = new GapInterpolation(flags);
    flags[1] = false;
    float[] values = {0, 9, 2};

    gaps.apply(values);

    assertThat(values[1], equalTo(1f));
  }

  @Test
  void adjacentGapsAndUnequalStepsAreRefused() {
    IllegalArgumentException adjacent =
        assertThrows(
            IllegalArgumentException.class,
            () -> new GapInterpolation(new boolean[] {false, false, true, true}));
    IllegalArgumentException unequal =
        assertThrows(
            IllegalArgumentException.class,
            () -> new GapInterpolation(new boolean[3]).apply(new float[4]));

    assertThat(
        adjacent.getMessage(), equalTo("Cannot interpolate: steps 2 and 3 are both missing"));
    assertThat(unequal.getMessage(), equalTo("Cannot divide 4 values into 3 equal steps"));
  }
}
