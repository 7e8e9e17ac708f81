package dev.firn.fields;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * Turns accumulations, or running means, since a reset into the mean rate over each step.
 *
 * <p>A step is as long as the time since the previous one that is not skipped. The first step has
 * no rate and becomes NaN; its input is the baseline of the next. Every cell stands alone. A NaN
 * input gives NaN for its own step and the following one, unless a reset lies between. Computed in
 * double from float32, stored as float32.
 *
 * @param kind what the inputs are
 * @param resetEvery the inputs start again from zero where a step's seconds are a multiple of this;
 *     empty when only second 0 is such a place
 * @param invalidBelow rates per second at or below this are NaN, those between it and zero become
 *     zero; zero or negative
 * @param tolerance how many negative rates are nothing to speak of
 */
public record Deaccumulation(
    Kind kind, Optional<Duration> resetEvery, double invalidBelow, Tolerance tolerance) {

  /** With the {@link Tolerance#USUAL} tolerance. */
  public Deaccumulation(Kind kind, Optional<Duration> resetEvery, double invalidBelow) {
    this(kind, resetEvery, invalidBelow, Tolerance.USUAL);
  }

  /** What the inputs are. */
  public enum Kind {
    /** The total since the last reset. */
    ACCUMULATED,
    /** The mean from second 0 to the step. */
    RUNNING_MEAN
  }

  /** Checks period and threshold. */
  public Deaccumulation {
    Objects.requireNonNull(kind);
    Objects.requireNonNull(tolerance);
    resetEvery.ifPresent(Deaccumulation::checkPeriod);
    if (kind == Kind.RUNNING_MEAN && resetEvery.isPresent()) {
      throw new IllegalArgumentException(
          "Cannot deaccumulate running means that reset every "
              + resetEvery.get()
              + ": only means since second 0 have a rate");
    }
    if (!(invalidBelow <= 0)) {
      throw new IllegalArgumentException(
          "Invalid threshold of negative rates: " + invalidBelow + ", expected 0 or less");
    }
  }

  /**
   * The step seconds of timestamps: their distance from the first one floored to the reset period,
   * counted from 1970; from 1970 itself when there is no reset.
   */
  public static double[] stepSeconds(long[] epochSeconds, Optional<Duration> resetEvery) {
    resetEvery.ifPresent(Deaccumulation::checkPeriod);
    if (epochSeconds.length == 0) {
      return new double[0];
    }
    long first = epochSeconds[0];
    long origin =
        resetEvery.map(every -> first - Math.floorMod(first, every.toSeconds())).orElse(0L);
    return Arrays.stream(epochSeconds).mapToDouble(time -> time - origin).toArray();
  }

  /**
   * Replaces {@code steps × cells} values by their rates.
   *
   * @param stepSeconds the increasing times of the steps: lead times, or {@link #stepSeconds}
   * @param skipped steps that are left as they are and change nothing; the first is never skipped
   */
  public Counts apply(float[] values, double[] stepSeconds, boolean[] skipped) {
    checkSteps(stepSeconds, skipped);
    int cells = StepLayout.cells(values, stepSeconds.length);
    boolean[] resets = resets(stepSeconds);
    float[] baseline = resets[0] ? new float[cells] : Arrays.copyOf(values, cells);
    Arrays.fill(values, 0, cells, Float.NaN);
    DeaccumulationPass pass = new DeaccumulationPass(this, values, baseline);
    int previous = 0;
    for (int step = 1; step < stepSeconds.length; step++) {
      if (!skipped[step]) {
        pass.toRates(step * cells, stepSeconds[previous], stepSeconds[step]);
        if (resets[step]) {
          Arrays.fill(baseline, 0);
        }
        previous = step;
      }
    }
    return pass.counts();
  }

  /** At which steps the baseline of the following one is zero. */
  public boolean[] resets(double[] stepSeconds) {
    double period =
        resetEvery.map(every -> (double) every.toSeconds()).orElse(Double.POSITIVE_INFINITY);
    boolean[] resets = new boolean[stepSeconds.length];
    for (int step = 0; step < resets.length; step++) {
      resets[step] = stepSeconds[step] % period == 0;
    }
    return resets;
  }

  /**
   * The steps whose inputs decide the output of {@code step}, ascending: itself and, unless the
   * baseline was reset there, the previous step that is not skipped.
   */
  public int[] inputsOf(int step, double[] stepSeconds, boolean[] skipped) {
    checkSteps(stepSeconds, skipped);
    if (step == 0 || skipped[step]) {
      return new int[] {step};
    }
    int previous = step - 1;
    while (previous > 0 && skipped[previous]) {
      previous--;
    }
    return resets(stepSeconds)[previous] ? new int[] {step} : new int[] {previous, step};
  }

  private static void checkPeriod(Duration period) {
    if (period.toSeconds() <= 0 || !period.equals(period.truncatedTo(ChronoUnit.SECONDS))) {
      throw new IllegalArgumentException(
          "Invalid reset period: " + period + ", expected whole seconds, at least one");
    }
  }

  private static void checkSteps(double[] stepSeconds, boolean[] skipped) {
    if (skipped.length != stepSeconds.length) {
      throw new IllegalArgumentException(
          "Cannot deaccumulate: "
              + skipped.length
              + " skip flags, "
              + stepSeconds.length
              + " steps");
    }
    for (int step = 1; step < stepSeconds.length; step++) {
      if (!(stepSeconds[step] > stepSeconds[step - 1])) {
        throw new IllegalArgumentException(
            "Cannot deaccumulate: step %d at %s s is not after step %d at %s s"
                .formatted(step, stepSeconds[step], step - 1, stepSeconds[step - 1]));
      }
    }
  }

  /**
   * Which shares of all values may be negative rates without a word.
   *
   * @param clamped set to zero, 0 to 1
   * @param invalid set to NaN, 0 to 1
   */
  public record Tolerance(double clamped, double invalid) {
    /** Packing makes some rates a little negative; none should be more. */
    public static final Tolerance USUAL = new Tolerance(0.05, 0);

    /** Checks the shares. */
    public Tolerance {
      if (!(clamped >= 0 && clamped <= 1 && invalid >= 0 && invalid <= 1)) {
        throw new IllegalArgumentException(
            "Invalid tolerance of negative rates: "
                + clamped
                + " and "
                + invalid
                + ", expected shares from 0 to 1");
      }
    }

    /** Whether there are no more than that. */
    public boolean covers(Counts counts) {
      return counts.clamped() <= clamped * counts.total()
          && counts.invalid() <= invalid * counts.total();
    }
  }

  /**
   * How many negative rates there were.
   *
   * @param clamped those set to zero
   * @param invalid those set to NaN
   * @param total all values seen, also skipped ones and those of the first step
   */
  public record Counts(long clamped, long invalid, long total) {

    /** The counts of two disjoint arrays together. */
    public Counts plus(Counts other) {
      return new Counts(clamped + other.clamped, invalid + other.invalid, total + other.total);
    }
  }
}
