package dev.firn.io.grib;

import dev.firn.io.CorruptInputException;
import dev.firn.io.Origin;
import dev.firn.io.UnsupportedFeatureException;
import dev.firn.io.bytes.OctetReader;
import dev.firn.io.bytes.OctetWriter;

/**
 * Section 0: {@code GRIB}, discipline, edition, total length.
 *
 * @param discipline octet 7 (code table 0.0)
 * @param messageLength octets 9–16, from {@code G} to the last {@code 7}
 */
record IndicatorSection(int discipline, long messageLength) {
  static final int NUMBER = 0;
  static final int LENGTH = 16;
  static final String START = "GRIB";
  static final int EDITION = 2;
  static final int LENGTH_OCTET = 9;

  static IndicatorSection read(byte[] bytes, Origin origin) {
    OctetReader section = OctetReader.of(bytes, origin.section(NUMBER, 0));
    if (!section.matches(1, START)) {
      throw new CorruptInputException(
          "read message", section.origin(), "it does not begin with " + START);
    }
    int edition = section.uint8(8);
    if (edition != EDITION) {
      throw new UnsupportedFeatureException("GRIB edition " + edition, section.origin(8));
    }
    return new IndicatorSection(section.uint8(7), section.uint63(LENGTH_OCTET));
  }

  /** What is wrong with the length of the message at {@code message}. */
  static CorruptInputException wrongLength(Origin message, String detail) {
    return new CorruptInputException("read message", lengthOrigin(message), detail);
  }

  /** Where the length of the message at {@code message} is. */
  static Origin lengthOrigin(Origin message) {
    return message.section(NUMBER, 0).plus(LENGTH_OCTET - 1);
  }

  void write(OctetWriter section) {
    section.ascii(START).missing(2).uint8(discipline).uint8(EDITION).uint63(messageLength);
  }
}
