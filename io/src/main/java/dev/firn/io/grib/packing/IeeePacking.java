package dev.firn.io.grib.packing;

import dev.firn.io.CorruptInputException;
import dev.firn.io.UnsupportedFeatureException;
import dev.firn.io.bytes.OctetReader;
import dev.firn.io.field.UnitConversion;

/**
 * Data representation template 5.4: IEEE 754 numbers, not scaled.
 *
 * @param octetsPerValue 4 or 8, of octet 12 (code table 5.7)
 */
record IeeePacking(int octetsPerValue) implements DataTemplate {
  static final int NUMBER = 4;

  private static final int SINGLE = 1;
  private static final int DOUBLE = 2;
  private static final int QUADRUPLE = 3;
  private static final int FIRST_VALUE = 6;
  private static final Scale NONE = new Scale(0, 0, 0);

  static IeeePacking read(OctetReader section) {
    int precision = section.uint8(12);
    return switch (precision) {
      case SINGLE -> new IeeePacking(Float.BYTES);
      case DOUBLE -> new IeeePacking(Double.BYTES);
      case QUADRUPLE ->
          throw new UnsupportedFeatureException("IEEE numbers of 128 bits", section.origin(12));
      default ->
          throw new UnsupportedFeatureException(
              "precision " + precision + " of IEEE numbers", section.origin(12));
    };
  }

  @Override
  public int number() {
    return NUMBER;
  }

  @Override
  public int bitsPerValue() {
    return 8 * octetsPerValue;
  }

  @Override
  public float[] decode(OctetReader data, int count, UnitConversion conversion) {
    long octets = (long) count * octetsPerValue;
    if (octets > data.length() - (FIRST_VALUE - 1)) {
      throw new CorruptInputException(
          "decode IEEE numbers",
          data.origin(),
          "section 7 has " + data.length() + " octets, " + count + " values need " + octets);
    }
    ScaledValues values = new ScaledValues(NONE, conversion, count);
    int octet = FIRST_VALUE;
    for (int size = values.nextBlock(); size > 0; size = values.nextBlock()) {
      read(data, octet, values.block(), size);
      values.store(size);
      octet += size * octetsPerValue;
    }
    return values.toArray();
  }

  private void read(OctetReader data, int octet, double[] block, int count) {
    if (octetsPerValue == Float.BYTES) {
      for (int i = 0; i < count; i++) {
        block[i] = data.float32(octet + i * Float.BYTES);
      }
    } else {
      for (int i = 0; i < count; i++) {
        block[i] = data.float64(octet + i * Double.BYTES);
      }
    }
  }
}
