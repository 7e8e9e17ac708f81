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
  public ValueReader open(OctetReader data, int count, UnitConversion conversion) {
    Scaling scaling = new Scaling(scale(), conversion);
    return bitsPerValue() == 0
        ? ValueReader.constant(scaling.ofValue(value(scale().reference())))
        : new Reader(this, logarithms.integers(data, count), scaling);
  }

  private double value(double logarithm) {
    return Math.exp(logarithm) - addend;
  }

  private record Reader(LogarithmicPacking packing, BitReader bits, Scaling scaling)
      implements ValueReader {

    @Override
    public void read(float[] out, int from, int count) {
      int width = packing.bitsPerValue();
      long at = bits.take(count, width);
      for (int i = from; i < from + count; i++, at += width) {
        out[i] = scaling.ofValue(packing.value(scaling.unpacked(bits.integer(at, width))));
      }
    }

    @Override
    public void skip(int count) {
      bits.take(count, packing.bitsPerValue());
    }
  }
}
