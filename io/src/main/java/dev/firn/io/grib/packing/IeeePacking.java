package dev.firn.io.grib.packing;

import dev.firn.io.CorruptInputException;
import dev.firn.io.UnsupportedFeatureException;
import dev.firn.io.bytes.OctetReader;
import dev.firn.io.field.UnitConversion;
import java.nio.ByteBuffer;

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
  public ValueReader open(OctetReader data, int count, UnitConversion conversion) {
    long octets = (long) count * octetsPerValue;
    if (octets > data.length() - (FIRST_VALUE - 1)) {
      throw new CorruptInputException(
          "decode IEEE numbers",
          data.origin(),
          "section 7 has " + data.length() + " octets, " + count + " values need " + octets);
    }
    return new Reader(octetsPerValue, data.bufferFrom(FIRST_VALUE), new Scaling(NONE, conversion));
  }

  private record Reader(int octetsPerValue, ByteBuffer numbers, Scaling scaling)
      implements ValueReader {

    @Override
    public void read(float[] out, int from, int count) {
      int at = numbers.position();
      if (octetsPerValue == Float.BYTES) {
        for (int i = 0; i < count; i++) {
          out[from + i] = scaling.ofValue(numbers.getFloat(at + i * Float.BYTES));
        }
      } else {
        for (int i = 0; i < count; i++) {
          out[from + i] = scaling.ofValue(numbers.getDouble(at + i * Double.BYTES));
        }
      }
      skip(count);
    }

    @Override
    public void skip(int count) {
      numbers.position(numbers.position() + count * octetsPerValue);
    }
  }
}
