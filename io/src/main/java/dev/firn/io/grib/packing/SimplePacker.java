package dev.firn.io.grib.packing;

import dev.firn.io.bytes.BitWriter;

/** Packs values by template 5.0. */
public final class SimplePacker {
  private SimplePacker() {}

  /**
   * Packs {@code values}, none of them NaN, to {@code bits} bits each; equal values to none.
   *
   * @param decimalFactor D: the step is a power of two of 10^−D
   */
  public static PackedValues pack(float[] values, int bits, int decimalFactor) {
    Quantizer quantizer = Quantizer.of(values, bits, decimalFactor);
    int width = quantizer.isConstant() ? 0 : bits;
    BitWriter writer = new BitWriter();
    for (float value : values) {
      writer.unsigned(quantizer.integer(value), width);
    }
    return new PackedValues(
        new SimplePacking(quantizer.scale(), width), values.length, writer.toBytes());
  }
}
