package dev.firn.io.netcdf;

/** IEEE 754 numbers of 16 bits. */
final class HalfFloats {
  private static final int EXPONENT_BITS = 0x1F;
  private static final int FRACTION_BITS = 0x3FF;
  private static final float SMALLEST = 0x1p-24f;

  private HalfFloats() {}

  static float toFloat(short bits) {
    int exponent = (bits >> 10) & EXPONENT_BITS;
    int fraction = bits & FRACTION_BITS;
    float size;
    if (exponent == 0) {
      size = fraction * SMALLEST;
    } else if (exponent == EXPONENT_BITS) {
      size = Float.intBitsToFloat(0x7F800000 | (fraction << 13));
    } else {
      size = Float.intBitsToFloat(((exponent + 112) << 23) | (fraction << 13));
    }
    return bits < 0 ? -size : size;
  }
}
