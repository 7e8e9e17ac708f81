package dev.firn.io.grib.packing;

import dev.firn.io.UnsupportedFeatureException;
import dev.firn.io.bytes.OctetReader;

/**
 * Code table 5.5: which packed integers of complex packing stand for missing values. The highest
 * integer of a width marks primary missing values, the one below it secondary ones; to Firn both
 * are missing.
 */
enum MissingValues {
  NONE(0),
  PRIMARY(1),
  PRIMARY_AND_SECONDARY(2);

  private final int code;

  MissingValues(int code) {
    this.code = code;
  }

  static MissingValues read(OctetReader section, int octet) {
    int code = section.uint8(octet);
    if (code > PRIMARY_AND_SECONDARY.code) {
      throw new UnsupportedFeatureException(
          "missing value management " + code, section.origin(octet));
    }
    return values()[code];
  }

  int code() {
    return code;
  }

  /** The largest integer of {@code width} bits that marks no missing value; −1 or −2 for none. */
  int largestPresent(int width) {
    return (int) ((1L << width) - 1 - code);
  }
}
