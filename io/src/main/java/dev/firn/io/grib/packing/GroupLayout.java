package dev.firn.io.grib.packing;

import dev.firn.io.CorruptInputException;
import dev.firn.io.bytes.OctetReader;
import dev.firn.io.bytes.OctetWriter;

/**
 * Octets 32–47 of templates 5.2 and 5.3: how section 7 holds the widths and lengths of groups.
 *
 * @param count octets 32–35
 * @param widthReference octet 36, added to every stored width
 * @param widthBits octet 37, bits of a stored width
 * @param lengthReference octets 38–41, added to every scaled length
 * @param lengthIncrement octet 42, multiplies every stored length
 * @param lastLength octets 43–46, the true length of the last group
 * @param lengthBits octet 47, bits of a stored length
 */
record GroupLayout(
    long count,
    int widthReference,
    int widthBits,
    long lengthReference,
    int lengthIncrement,
    long lastLength,
    int lengthBits) {
  /** Widest integers a group may hold: they are unpacked to {@code int}. */
  static final int MAX_WIDTH = 31;

  static GroupLayout read(OctetReader section) {
    return new GroupLayout(
        section.uint32(32),
        section.uint8(36),
        bits(section, 37),
        section.uint32(38),
        section.uint8(42),
        section.uint32(43),
        bits(section, 47));
  }

  private static int bits(OctetReader section, int octet) {
    int bits = section.uint8(octet);
    if (bits > MAX_WIDTH) {
      throw new CorruptInputException(
          "read groups", section.origin(octet), bits + " bits, expected at most " + MAX_WIDTH);
    }
    return bits;
  }

  /** Checks that {@code values} can fill the groups. */
  void check(int values, OctetReader data) {
    if (count > values) {
      throw new CorruptInputException(
          "unpack groups", data.origin(), count + " groups for " + values + " values");
    }
  }

  void write(OctetWriter section) {
    section.uint32(count).uint8(widthReference).uint8(widthBits);
    section.uint32(lengthReference).uint8(lengthIncrement).uint32(lastLength).uint8(lengthBits);
  }
}
