package dev.firn.io.grib.packing;

/** Turns values into integers X, the inverse of {@link Scale} but for rounding. */
final class Quantizer {
  /** Widest integers written: differences of differences stay below 2^31. */
  static final int MAX_BITS = 27;

  private final Scale scale;
  private final double tens;
  private final double stepsPerUnit;
  private final long largest;

  private Quantizer(Scale scale, long largest) {
    this.scale = scale;
    this.tens = Scale.powerOfTen(scale.decimalFactor());
    this.stepsPerUnit = Math.scalb(1.0, -scale.binaryFactor());
    this.largest = largest;
  }

  /**
   * The finest quantizer with a step of 2^E · 10^−D that needs no more than {@code bits} bits for
   * {@code values}; NaN are passed over.
   */
  static Quantizer of(float[] values, int bits, int decimalFactor) {
    if (bits < 1 || bits > MAX_BITS) {
      throw new IllegalArgumentException("Invalid packing width of " + bits + " bits");
    }
    double tens = Scale.powerOfTen(decimalFactor);
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    for (float value : values) {
      if (Float.isInfinite(value)) {
        throw new IllegalArgumentException("Cannot pack an infinite value");
      }
      if (!Float.isNaN(value)) {
        min = Math.min(min, value * tens);
        max = Math.max(max, value * tens);
      }
    }
    if (min > max) {
      return new Quantizer(new Scale(0, 0, 0), 0); // nothing but missing values
    }
    if (min == max) {
      return new Quantizer(new Scale((float) (min / tens), 0, 0), 0);
    }
    float reference = (float) min > min ? Math.nextDown((float) min) : (float) min;
    long largest = (1L << bits) - 1;
    int exponent = Math.getExponent((max - reference) / largest);
    while (Math.scalb((double) largest, exponent) < max - reference) {
      exponent++;
    }
    return new Quantizer(new Scale(reference, exponent, decimalFactor), largest);
  }

  /** How the integers are to be read. */
  Scale scale() {
    return scale;
  }

  /** Whether all values are the reference value. */
  boolean isConstant() {
    return largest == 0;
  }

  /** The integer nearest to {@code value}. */
  int integer(float value) {
    double steps = (value * tens - scale.reference()) * stepsPerUnit;
    return (int) Math.min(largest, Math.max(0, Math.round(steps)));
  }
}
