package dev.firn.io.grib.packing;

import dev.firn.io.CorruptInputException;
import dev.firn.io.Origin;
import dev.firn.io.UnsupportedFeatureException;
import dev.firn.io.bytes.OctetReader;

/**
 * The SIZ marker segment that a JPEG 2000 codestream begins with (ISO/IEC 15444-1, A.5.1).
 *
 * @param width pixels in a row
 * @param height rows
 * @param tiles into how many rectangles the image is divided
 * @param bits of a pixel, which has no sign
 */
record JpegSize(long width, long height, long tiles, int bits) {
  private static final long SOC_AND_SIZ = 0xFF4F_FF51L;
  private static final int MAX_BITS = 31;
  private static final int MAX_TILES = 65_535;

  static JpegSize read(OctetReader section, int octet) {
    if (section.uint32(octet) != SOC_AND_SIZ) {
      throw new CorruptInputException(
          "decode JPEG 2000 image", section.origin(octet), "it does not begin with SOC and SIZ");
    }
    int components = section.uint16(octet + 40);
    int depth = section.uint8(octet + 42);
    if (components != 1 || depth >= MAX_BITS || section.uint16(octet + 43) != 0x0101) {
      throw new UnsupportedFeatureException(
          "JPEG 2000 image other than grey of up to 31 bits", section.origin(octet + 40));
    }
    if (!isZero(section, octet + 16) || !isZero(section, octet + 32)) {
      throw new UnsupportedFeatureException(
          "JPEG 2000 image with an offset", section.origin(octet + 16));
    }
    long width = section.uint32(octet + 8);
    long height = section.uint32(octet + 12);
    long tileWidth = Math.max(1, section.uint32(octet + 24));
    long tileHeight = Math.max(1, section.uint32(octet + 28));
    long tiles = ceilDiv(width, tileWidth) * ceilDiv(height, tileHeight);
    return new JpegSize(width, height, tiles, depth + 1);
  }

  private static boolean isZero(OctetReader section, int octet) {
    return section.uint32(octet) == 0 && section.uint32(octet + 4) == 0;
  }

  private static long ceilDiv(long size, long part) {
    return (size + part - 1) / part;
  }

  /** Checks that the image has as many pixels as there are values. */
  void check(int count, Origin origin) {
    if (width == 0 || count % width != 0 || height != count / width || tiles > MAX_TILES) {
      throw new CorruptInputException(
          "decode JPEG 2000 image",
          origin,
          width + " x " + height + " pixels in " + tiles + " tiles, expected " + count + " pixels");
    }
  }
}
