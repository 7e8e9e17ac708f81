package dev.firn.fields;

/**
 * Fills steps that are known to be missing with the midpoint of their neighbours, {@code previous +
 * (next - previous) / 2}.
 *
 * <p>Computed in double. A NaN neighbour gives NaN. The first and the last step have one neighbour
 * and stay as they are, flagged or not. Not for categories: no flag lies halfway between two
 * others.
 */
public final class GapInterpolation {
  private final boolean[] gaps;

  /**
   * Interpolates at the flagged steps.
   *
   * @param gaps one flag for each step, never two in a row
   */
  public GapInterpolation(boolean[] gaps) {
    for (int step = 1; step < gaps.length; step++) {
      if (gaps[step - 1] && gaps[step]) {
        throw new IllegalArgumentException(
            "Cannot interpolate: steps " + (step - 1) + " and " + step + " are both missing");
      }
    }
    this.gaps = gaps.clone();
  }

  /** Fills the gaps of {@code steps × cells} values in place; the steps are those of the flags. */
  public void apply(float[] values) {
    int cells = StepLayout.cells(values, gaps.length);
    for (int step = 0; step < gaps.length; step++) {
      if (isFilled(step)) {
        fill(values, step * cells, cells);
      }
    }
  }

  /** The steps whose values decide the output of {@code step}, ascending. */
  public int[] inputsOf(int step) {
    return isFilled(step) ? new int[] {step - 1, step + 1} : new int[] {step};
  }

  private boolean isFilled(int step) {
    return gaps[step] && step > 0 && step < gaps.length - 1;
  }

  private static void fill(float[] values, int offset, int cells) {
    for (int i = offset; i < offset + cells; i++) {
      double previous = values[i - cells];
      values[i] = (float) (previous + (values[i + cells] - previous) / 2);
    }
  }
}
