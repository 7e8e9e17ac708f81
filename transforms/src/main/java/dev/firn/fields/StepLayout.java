package dev.firn.fields;

/** The layout {@code step * cells + cell}. */
final class StepLayout {
  private StepLayout() {}

  /** How many cells each step of {@code values} has. */
  static int cells(float[] values, int steps) {
    if (steps == 0 || values.length % steps != 0) {
      throw new IllegalArgumentException(
          "Cannot divide " + values.length + " values into " + steps + " equal steps");
    }
    return values.length / steps;
  }
}
