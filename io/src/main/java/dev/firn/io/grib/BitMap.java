package dev.firn.io.grib;

import dev.firn.io.CorruptInputException;
import dev.firn.io.bytes.OctetReader;
import java.util.Arrays;

/** Section 6 with a bit for each point, in stored order: 1 where section 7 has a value. */
final class BitMap {
  private static final int FIRST_OCTET = 7;

  private final OctetReader section;

  private BitMap(OctetReader section) {
    this.section = section;
  }

  /**
   * The bit-map of {@code section}.
   *
   * @throws CorruptInputException when there are fewer bits than points
   */
  static BitMap read(OctetReader section, int points) {
    BitMap map = new BitMap(section);
    long bits = 8L * (section.length() - FIRST_OCTET + 1);
    if (bits < points) {
      throw map.corrupt("it has " + bits + " bits for " + points + " points");
    }
    return map;
  }

  /**
   * Puts each of {@code values} at its point and NaN at the others.
   *
   * @throws CorruptInputException when there are not as many ones as values
   */
  float[] spread(float[] values, int points) {
    float[] all = new float[points];
    int next = 0;
    int octet = 0;
    for (int i = 0; i < points; i++) {
      if ((i & 7) == 0) {
        octet = section.uint8(FIRST_OCTET + (i >>> 3));
      }
      boolean present = (octet & (0x80 >>> (i & 7))) != 0;
      if (present && next == values.length) {
        throw corrupt("it has more ones than the " + values.length + " values of section 7");
      }
      all[i] = present ? values[next++] : Float.NaN;
    }
    if (next != values.length) {
      throw corrupt("it has " + next + " ones for " + values.length + " values of section 7");
    }
    return all;
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
