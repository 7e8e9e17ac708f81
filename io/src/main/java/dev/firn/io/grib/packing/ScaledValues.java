package dev.firn.io.grib.packing;

import dev.firn.io.field.UnitConversion;
import java.util.Arrays;

/**
 * Collects values, computing {@code (R + X · 2^E) · 10^−D} and the unit conversion in double before
 * rounding once, to float32. The order of operations is that of ecCodes, whose doubles round to the
 * same floats.
 *
 * <p>Works on blocks that stay in the first-level cache, in loops short enough to be vectorised.
 */
final class ScaledValues {
  static final int BLOCK = 1024;

  private final double reference;
  private final double step;
  private final double unit;
  private final UnitConversion conversion;
  private final double[] block = new double[BLOCK];
  private final float[] values;
  private int filled;

  ScaledValues(Scale scale, UnitConversion conversion, int count) {
    this.reference = scale.reference();
    this.step = scale.step();
    this.unit = scale.unit();
    this.conversion = conversion;
    this.values = new float[count];
  }

  /**
   * A constant field without packed integers: the reference value itself, whatever the decimal
   * scale factor. This is how ecCodes and the NCEP library write and read such fields.
   */
  static float[] constant(Scale scale, UnitConversion conversion, int count) {
    return constant(scale.reference(), conversion, count);
  }

  /** The same value everywhere, converted. */
  static float[] constant(double value, UnitConversion conversion, int count) {
    double[] converted = {value};
    conversion.apply(converted, 1);
    float[] values = new float[count];
    Arrays.fill(values, (float) converted[0]);
    return values;
  }

  /** Where the next packed integers go before {@link #append}. */
  double[] block() {
    return block;
  }

  /** How many integers the next block takes: {@value #BLOCK}, or what is left. */
  int nextBlock() {
    return Math.min(BLOCK, values.length - filled);
  }

  /** Scales the first {@code count} integers of the block, and takes their values. */
  void append(int count) {
    scale(count);
    store(count);
  }

  /** Makes values of the first {@code count} integers of the block, in place. */
  void scale(int count) {
    for (int i = 0; i < count; i++) {
      block[i] = (reference + block[i] * step) * unit;
    }
  }

  /** Takes the first {@code count} values of the block as they are, but for the conversion. */
  void store(int count) {
    conversion.apply(block, count);
    for (int i = 0; i < count; i++) {
      values[filled + i] = (float) block[i];
    }
    filled += count;
  }

  /** Scales the first {@code count} of {@code integers}. */
  void append(int[] integers, int count) {
    for (int from = 0; from < count; from += BLOCK) {
      int size = Math.min(BLOCK, count - from);
      for (int i = 0; i < size; i++) {
        block[i] = integers[from + i];
      }
      append(size);
    }
  }

  /** Scales the first {@code count} of {@code integers}, of 32 bits without a sign. */
  void appendUnsigned(int[] integers, int count) {
    for (int from = 0; from < count; from += BLOCK) {
      int size = Math.min(BLOCK, count - from);
      for (int i = 0; i < size; i++) {
        block[i] = Integer.toUnsignedLong(integers[from + i]);
      }
      append(size);
    }
  }

  /** All values, once {@link #nextBlock} is 0. */
  float[] toArray() {
    return values;
  }
}
