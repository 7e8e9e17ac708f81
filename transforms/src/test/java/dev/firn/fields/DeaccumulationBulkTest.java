package dev.firn.fields;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;

import dev.firn.fields.Deaccumulation.Counts;
import dev.firn.fields.Deaccumulation.Kind;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Noisy fields with gaps, against rates that are found one value at a time. */
class DeaccumulationBulkTest {
  private static final int STEPS = 61;
  private static final int CELLS = 1009;

  private final double[] seconds = new double[STEPS];
  private final boolean[] skipped = new boolean[STEPS];
  private final float[] inputs = new float[STEPS * CELLS];
  private long clamped;
  private long invalid;

  @ParameterizedTest
  @ValueSource(ints = {1, 6, 24})
  void accumulationsWithResetsGiveTheRatesOfEachValueAlone(int hours) {
    makeNoise(hours);
    float[] expected = ratesOneByOne(Kind.ACCUMULATED, hours * 3600L);

    assertRates(Kind.ACCUMULATED, Optional.of(Duration.ofHours(hours)), expected);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void totalsAndMeansWithoutResetGiveTheRatesOfEachValueAlone(long seed) {
    for (Kind kind : Kind.values()) {
      makeNoise(seed);
      float[] expected = ratesOneByOne(kind, Long.MAX_VALUE);

      assertRates(kind, Optional.empty(), expected);
    }
  }

  private void assertRates(Kind kind, Optional<Duration> resetEvery, float[] expected) {
    Deaccumulation rule = new Deaccumulation(kind, resetEvery, threshold(kind));

    Counts counts = rule.apply(inputs, seconds, skipped);

    assertThat(inputs, equalTo(expected));
    assertThat(counts, equalTo(new Counts(clamped, invalid, inputs.length)));
    assertThat(clamped, greaterThan(0L));
    assertThat(invalid, greaterThan(0L));
  }

  /** Uneven steps, some skipped; values of a random walk that mostly climbs, some NaN. */
  private void makeNoise(long seed) {
    Random random = new Random(seed);
    for (int step = 0; step < STEPS; step++) {
      seconds[step] =
          step == 0
              ? 3600.0 * random.nextInt(2)
              : seconds[step - 1] + 3600 * (1 + random.nextInt(3));
      skipped[step] = random.nextInt(8) == 0;
    }
    for (int i = 0; i < inputs.length; i++) {
      float before = i < CELLS || Float.isNaN(inputs[i - CELLS]) ? 0 : inputs[i - CELLS];
      float next = before + 1000 * (random.nextFloat() - 0.1f);
      inputs[i] = random.nextInt(50) == 0 ? Float.NaN : next;
    }
  }

  private float[] ratesOneByOne(Kind kind, long resetSeconds) {
    clamped = 0;
    invalid = 0;
    float[] rates = new float[inputs.length];
    for (int cell = 0; cell < CELLS; cell++) {
      for (int step = 0; step < STEPS; step++) {
        rates[step * CELLS + cell] = rate(kind, resetSeconds, step, cell);
      }
    }
    return rates;
  }

  private float rate(Kind kind, long resetSeconds, int step, int cell) {
    double value = inputs[step * CELLS + cell];
    if (step == 0) {
      return Float.NaN;
    }
    if (skipped[step]) {
      return (float) value;
    }
    int from = step - 1;
    while (from > 0 && skipped[from]) {
      from--;
    }
    double start = (long) seconds[from] % resetSeconds == 0 ? 0 : inputs[from * CELLS + cell];
    double length = seconds[step] - seconds[from];
    double rate =
        switch (kind) {
          case ACCUMULATED -> (value - start) / length;
          case RUNNING_MEAN -> value + (value - start) * seconds[from] / length;
        };
    return rate < 0 ? negative(rate, threshold(kind)) : (float) rate;
  }

  private float negative(double rate, double threshold) {
    if (rate > threshold) {
      clamped++;
      return 0;
    }
    invalid++;
    return Float.NaN;
  }

  /** Amid the negative rates that the noise has. */
  private static double threshold(Kind kind) {
    return kind == Kind.ACCUMULATED ? -0.01 : -500;
  }
}
