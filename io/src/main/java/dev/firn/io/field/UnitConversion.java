package dev.firn.io.field;

/**
 * {@code value · factor + addend}, computed in double before values become float32.
 *
 * @param factor multiplied first
 * @param addend added then
 */
public record UnitConversion(double factor, double addend) {
  /** Leaves values as they are. */
  public static final UnitConversion NONE = new UnitConversion(1, 0);

  /** Kelvin to degrees Celsius. */
  public static final UnitConversion KELVIN_TO_CELSIUS = new UnitConversion(1, -273.15);

  /** Checks that both are finite. */
  public UnitConversion {
    if (!Double.isFinite(factor) || !Double.isFinite(addend)) {
      throw new IllegalArgumentException(
          "Invalid unit conversion: factor " + factor + ", addend " + addend);
    }
  }

  /** Converts the first {@code count} values in place. */
  public void apply(double[] values, int count) {
    if (equals(NONE)) {
      return; // not the identity: −0.0 + 0.0 is 0.0
    }
    for (int i = 0; i < count; i++) {
      values[i] = values[i] * factor + addend;
    }
  }
}
