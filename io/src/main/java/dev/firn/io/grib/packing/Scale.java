package dev.firn.io.grib.packing;

import dev.firn.io.bytes.OctetReader;
import dev.firn.io.bytes.OctetWriter;

/**
 * What every packing's section 5 begins with, octets 12–19: a packed integer X stands for {@code (R
 * + X · 2^E) · 10^−D} (regulation 92.9.4).
 *
 * @param reference R
 * @param binaryFactor E
 * @param decimalFactor D
 */
public record Scale(float reference, int binaryFactor, int decimalFactor) {

  static Scale read(OctetReader section) {
    return new Scale(section.float32(12), section.int16(16), section.int16(18));
  }

  void write(OctetWriter section) {
    section.float32(reference).int16(binaryFactor).int16(decimalFactor);
  }

  /** 2^E. */
  double step() {
    return Math.scalb(1.0, binaryFactor);
  }

  /** 10^−D. */
  double unit() {
    return powerOfTen(-decimalFactor);
  }

  /**
   * A power of ten by repeated multiplication or division. This differs in the last bit from the
   * nearest double for some exponents, and is what ecCodes multiplies by.
   */
  static double powerOfTen(int exponent) {
    double power = 1;
    for (int i = 0; i < exponent; i++) {
      power *= 10;
    }
    for (int i = 0; i > exponent; i--) {
      power /= 10;
    }
    return power;
  }
}
