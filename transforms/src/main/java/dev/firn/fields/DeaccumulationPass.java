package dev.firn.fields;

import dev.firn.fields.Deaccumulation.Counts;
import dev.firn.fields.Deaccumulation.Kind;

/**
 * One walk of a {@link Deaccumulation} over the steps of an array: the baseline it carries from
 * step to step, and its counts.
 *
 * <p>Each step is computed in short blocks of double, loop by loop: the arithmetic stays free of
 * branches, and the rare negative rates are looked at afterwards. One loop for all of it is up to
 * four times slower on Java 17.
 */
final class DeaccumulationPass {
  private static final int BLOCK = 1024;

  private final Deaccumulation rule;
  private final float[] values;
  private final float[] baseline;
  private final double[] rates = new double[BLOCK];
  private long clamped;
  private long invalid;

  /**
   * Starts a walk.
   *
   * @param values the steps, replaced one by one
   * @param baseline what the cells of the first step start from
   */
  DeaccumulationPass(Deaccumulation rule, float[] values, float[] baseline) {
    this.rule = rule;
    this.values = values;
    this.baseline = baseline;
  }

  /** Replaces the step at {@code offset} by its rates and the baseline by the step. */
  void toRates(int offset, double since, double now) {
    for (int cell = 0; cell < baseline.length; cell += BLOCK) {
      int length = Math.min(BLOCK, baseline.length - cell);
      subtractBaseline(offset + cell, cell, length);
      divide(offset + cell, length, since, now - since);
      System.arraycopy(values, offset + cell, baseline, cell, length);
      store(offset + cell, length);
    }
  }

  Counts counts() {
    return new Counts(clamped, invalid, values.length);
  }

  private void subtractBaseline(int offset, int cell, int length) {
    for (int i = 0; i < length; i++) {
      rates[i] = (double) values[offset + i] - baseline[cell + i];
    }
  }

  private void divide(int offset, int length, double since, double seconds) {
    if (rule.kind() == Kind.RUNNING_MEAN) {
      for (int i = 0; i < length; i++) {
        rates[i] = values[offset + i] + rates[i] * since / seconds;
      }
    } else {
      for (int i = 0; i < length; i++) {
        rates[i] /= seconds;
      }
    }
  }

  private void store(int offset, int length) {
    for (int i = 0; i < length; i++) {
      values[offset + i] = (float) rates[i];
    }
    for (int i = 0; i < length; i++) {
      if (rates[i] < 0) {
        values[offset + i] = settleNegative(rates[i]);
      }
    }
  }

  private float settleNegative(double rate) {
    if (rate > rule.invalidBelow()) {
      clamped++;
      return 0;
    }
    invalid++;
    return Float.NaN;
  }
}
