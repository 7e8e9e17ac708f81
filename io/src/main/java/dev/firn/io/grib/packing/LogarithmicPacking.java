package dev.firn.io.grib.packing;

import dev.firn.io.bytes.BitReader;
import dev.firn.io.bytes.OctetReader;
import dev.firn.io.field.UnitConversion;

/**
 * Data representation template 5.61: simple packing of ln(Y + B), so that Y is e to the unpacked
 * value, less B.
 *
 * @param logarithms octets 12–20, as in template 5.0
 * @param addend octets 21–24, the pre-processing parameter B
 */
record LogarithmicPacking(SimplePacking logarithms, float addend) implements ScaledTemplate {
  static final int NUMBER = 61;

  static LogarithmicPacking read(OctetReader section) {
    return new LogarithmicPacking(SimplePacking.read(section), section.float32(21));
  }

  @Override
  public int number() {
    return NUMBER;
  }

  @Override
  public Scale scale() {
    return logarithms.scale();
  }

  @Override
  public int bitsPerValue() {
    return logarithms.bitsPerValue();
  }

  @Override
  public float[] decode(OctetReader data, int count, UnitConversion conversion) {
    if (bitsPerValue() == 0) {
      return ScaledValues.constant(value(scale().reference()), conversion, count);
    }
    BitReader bits = logarithms.integers(data, count);
    ScaledValues values = new ScaledValues(scale(), conversion, count);
    double[] block = values.block();
    for (int size = values.nextBlock(); size > 0; size = values.nextBlock()) {
      bits.unsignedDoubles(block, size, bitsPerValue());
      values.scale(size);
      for (int i = 0; i < size; i++) {
        block[i] = value(block[i]);
      }
      values.store(size);
    }
    return values.toArray();
  }

  private double value(double logarithm) {
    return Math.exp(logarithm) - addend;
  }
}
