package dev.firn.io.grib.packing;

import dev.firn.io.UnsupportedFeatureException;
import dev.firn.io.bytes.BitReader;
import dev.firn.io.bytes.OctetReader;
import dev.firn.io.bytes.OctetWriter;
import dev.firn.io.field.UnitConversion;

/**
 * Data representation template 5.0: integers of one width, 0 for a constant field.
 *
 * @param scale octets 12–19
 * @param bitsPerValue octet 20
 */
public record SimplePacking(Scale scale, int bitsPerValue) implements WritableTemplate {
  static final int NUMBER = 0;

  private static final int FLOATING_POINT = 0;

  static SimplePacking read(OctetReader section) {
    int bitsPerValue = section.uint8(20);
    if (bitsPerValue > BitReader.MAX_DOUBLE_WIDTH) {
      throw new UnsupportedFeatureException(
          "simple packing with " + bitsPerValue + " bits per value", section.origin(20));
    }
    return new SimplePacking(Scale.read(section), bitsPerValue);
  }

  @Override
  public int number() {
    return NUMBER;
  }

  @Override
  public ValueReader open(OctetReader data, int count, UnitConversion conversion) {
    Scaling scaling = new Scaling(scale, conversion);
    return bitsPerValue == 0
        ? ValueReader.constant(scaling.ofReference())
        : new IntegerReader(integers(data, count), bitsPerValue, scaling);
  }

  /** Where the integers begin, once it is sure that all of them are there. */
  BitReader integers(OctetReader data, int count) {
    BitReader bits = data.bitsFrom(6);
    bits.fork().skipToOctet(count, bitsPerValue);
    return bits;
  }

  @Override
  public void write(OctetWriter section) {
    section.uint16(NUMBER);
    scale.write(section);
    section.uint8(bitsPerValue).uint8(FLOATING_POINT);
  }
}
