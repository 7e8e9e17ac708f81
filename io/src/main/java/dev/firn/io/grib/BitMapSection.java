package dev.firn.io.grib;

import dev.firn.io.CorruptInputException;
import dev.firn.io.UnsupportedFeatureException;
import dev.firn.io.bytes.OctetReader;
import java.util.Optional;

/** Section 6: which points have values. Octet 6 is code table 6.0. */
final class BitMapSection {
  static final int NUMBER = 6;
  static final int GIVEN = 0;
  static final int PREVIOUS = 254;
  static final int NONE = 255;

  private BitMapSection() {}

  /** Whether the section holds a bit-map itself. */
  static boolean isGiven(OctetReader section) {
    return section.uint8(6) == GIVEN;
  }

  /** Whether some points may have no value. */
  static boolean applies(OctetReader section) {
    return section.uint8(6) != NONE;
  }

  /**
   * The bit-map that holds for a field.
   *
   * @param lastGiven the last section 6 of the same message that holds one, up to this one
   * @param points of the field's grid
   */
  static Optional<BitMap> read(OctetReader section, Optional<OctetReader> lastGiven, int points) {
    int indicator = section.uint8(6);
    if (indicator == NONE) {
      return Optional.empty();
    }
    if (indicator != GIVEN && indicator != PREVIOUS) {
      throw new UnsupportedFeatureException(
          "bit-map " + indicator + ", predefined by the centre", section.origin(6));
    }
    if (lastGiven.isEmpty()) {
      throw new CorruptInputException(
          "read bit-map", section.origin(6), "it refers to an earlier one, but there is none");
    }
    return lastGiven.map(given -> BitMap.read(given, points));
  }
}
