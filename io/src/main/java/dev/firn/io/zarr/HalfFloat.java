package dev.firn.io.zarr;

/** IEEE 754 binary16: 1 sign bit, 5 exponent bits biased by 15, 10 fraction bits. */
final class HalfFloat {
  private static final int SIGN = 0x8000;
  private static final int INFINITY = 0x7c00;
  private static final int FRACTION_BITS = 10;
  private static final int FRACTION = (1 << FRACTION_BITS) - 1;
  private static final int BIAS = 15;
  private static final int SMALLEST_EXPONENT = 1 - BIAS;

  private HalfFloat() {}

  /** The value of {@code bits}; what NaN carries is lost. */
  static double toDouble(short bits) {
    int exponent = (bits & INFINITY) >>> FRACTION_BITS;
    int fraction = bits & FRACTION;
    double magnitude;
    if ((bits & INFINITY) == INFINITY) {
      magnitude = fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
    } else if (exponent == 0) {
      magnitude = Math.scalb((double) fraction, SMALLEST_EXPONENT - FRACTION_BITS);
    } else {
      magnitude =
          Math.scalb((double) (fraction | 1 << FRACTION_BITS), exponent - BIAS - FRACTION_BITS);
    }
    return (bits & SIGN) == 0 ? magnitude : -magnitude;
  }

  /** The nearest bits, ties to even; too large values become infinite, NaN the canonical one. */
  static short fromDouble(double value) {
    if (Double.isNaN(value)) {
      return (short) (INFINITY | 1 << (FRACTION_BITS - 1));
    }
    int sign = Double.doubleToRawLongBits(value) < 0 ? SIGN : 0;
    double magnitude = Math.abs(value);
    int exponent = Math.max(Math.getExponent(magnitude), SMALLEST_EXPONENT);
    if (exponent > BIAS) {
      return (short) (sign | INFINITY);
    }
    // The implicit bit and a carry out of the fraction both add one to the exponent, as they
    // should.
    int fraction = (int) Math.rint(Math.scalb(magnitude, FRACTION_BITS - exponent));
    return (short) (sign | ((exponent + BIAS - 1) << FRACTION_BITS) + fraction);
  }
}
