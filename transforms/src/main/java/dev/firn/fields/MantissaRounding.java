package dev.firn.fields;

/**
 * Keeps some bits of the float32 mantissa, rounding half to even, so that the rest compresses to
 * nothing.
 *
 * <p>The rounded magnitude may carry into the next power of two, and from the largest into
 * infinity. NaN keeps its bits.
 *
 * @param keptBits how many of the 23 stored mantissa bits survive, 0 to 23; 23 changes nothing
 */
public record MantissaRounding(int keptBits) {
  private static final int MANTISSA_BITS = 23;

  /** Checks the number of bits. */
  public MantissaRounding {
    checkKeptBits(keptBits);
  }

  /** Rounds every value in place. */
  public void apply(float[] values) {
    if (keptBits == MANTISSA_BITS) {
      return;
    }
    int dropped = MANTISSA_BITS - keptBits;
    for (int i = 0; i < values.length; i++) {
      values[i] = roundOff(values[i], dropped);
    }
  }

  /** {@code value} with {@code keptBits} mantissa bits, 0 to 23. */
  public static float round(float value, int keptBits) {
    checkKeptBits(keptBits);
    return keptBits == MANTISSA_BITS ? value : roundOff(value, MANTISSA_BITS - keptBits);
  }

  /**
   * Adds just under half of the last kept bit, and that one more when the last kept bit is odd; the
   * carry out of the mantissa is the exponent's increment.
   */
  private static float roundOff(float value, int dropped) {
    if (Float.isNaN(value)) {
      return value;
    }
    int bits = Float.floatToRawIntBits(value);
    int odd = (bits >>> dropped) & 1;
    int belowHalf = (1 << (dropped - 1)) - 1;
    return Float.intBitsToFloat((bits + belowHalf + odd) & (-1 << dropped));
  }

  private static void checkKeptBits(int keptBits) {
    if (keptBits < 0 || keptBits > MANTISSA_BITS) {
      throw new IllegalArgumentException(
          "Invalid number of mantissa bits to keep: " + keptBits + ", expected 0 to 23");
    }
  }
}
