package dev.firn.io.grib.grid;

import dev.firn.io.Origin;
import dev.firn.io.bytes.OctetReader;

/** Section 3 octet by octet; all not set are 0. */
final class GridSection {
  static final Origin ORIGIN = Origin.of("made.grib2", 100);

  private final byte[] octets;

  private GridSection(byte[] octets) {
    this.octets = octets;
  }

  /** Of a grid on the sphere of 6371229 m. */
  static GridSection of(int template, int length, int rows, int columns) {
    return new GridSection(new byte[length])
        .set(1, 4, length)
        .set(5, 1, 3)
        .set(7, 4, rows * (long) columns)
        .set(13, 2, template)
        .set(15, 1, 6)
        .set(31, 4, columns)
        .set(35, 4, rows);
  }

  /** Writes {@code value} to {@code count} octets; below 0 as sign and magnitude. */
  GridSection set(int octet, int count, long value) {
    for (int i = 0; i < count && octet - 1 + i < octets.length; i++) {
      octets[octet - 1 + i] = (byte) (Math.abs(value) >>> (8 * (count - 1 - i)));
    }
    if (value < 0) {
      octets[octet - 1] |= (byte) 0x80;
    }
    return this;
  }

  /** Microdegrees in four octets. */
  GridSection degrees(int octet, double degrees) {
    return set(octet, 4, Math.round(degrees * 1e6));
  }

  int length() {
    return octets.length;
  }

  GridSection copy() {
    return new GridSection(octets.clone());
  }

  GridSection flip(int bit) {
    octets[bit >>> 3] ^= (byte) (1 << (bit & 7));
    return this;
  }

  GridDefinition read() {
    return GridDefinition.read(OctetReader.of(octets, ORIGIN));
  }
}
