package dev.firn.io.grib;

import dev.firn.io.CorruptInputException;
import dev.firn.io.bytes.BitReader;
import dev.firn.io.bytes.OctetReader;
import dev.firn.io.grib.packing.ValueReader;
import java.util.Arrays;

/** Section 6 with a bit for each point, in stored order: 1 where section 7 has a value. */
final class BitMap {
  private static final int FIRST_OCTET = 7;

  private final OctetReader section;

  /** The bit-map of {@code section}. */
  BitMap(OctetReader section) {
    this.section = section;
  }

  /**
   * Puts each of {@code count} {@code values} at its point and NaN at the others.
   *
   * @throws CorruptInputException when there are fewer bits than points, or not as many ones as
   *     values
   */
  ValueReader spread(ValueReader values, int count, int points) {
    BitReader bits = section.bitsFrom(FIRST_OCTET);
    if (bits.remaining() < points) {
      throw corrupt("it has " + bits.remaining() + " bits for " + points + " points");
    }
    int ones = BitMapReader.countOnes(bits, bits.fork().take(points, 1), points);
    if (ones > count) {
      throw corrupt("it has more ones than the " + count + " values of section 7");
    }
    if (ones < count) {
      throw corrupt("it has " + ones + " ones for " + count + " values of section 7");
    }
    return new BitMapReader(bits, values);
  }

  private CorruptInputException corrupt(String detail) {
    return new CorruptInputException("apply bit-map", section.origin(FIRST_OCTET), detail);
  }

  /** The octets of a bit-map of {@code values}: 1 where they are not NaN. */
  static byte[] of(float[] values) {
    byte[] bits = new byte[(values.length + 7) / 8];
    for (int i = 0; i < values.length; i++) {
      if (!Float.isNaN(values[i])) {
        bits[i >>> 3] |= (byte) (0x80 >>> (i & 7));
      }
    }
    return bits;
  }

  /** Those of {@code values} that are not NaN. */
  static float[] present(float[] values) {
    float[] present = new float[values.length];
    int count = 0;
    for (float value : values) {
      if (!Float.isNaN(value)) {
        present[count++] = value;
      }
    }
    return Arrays.copyOf(present, count);
  }
}
