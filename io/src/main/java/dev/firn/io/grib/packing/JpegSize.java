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
 * @param tileWidth pixels in a row of a tile
 * @param tileHeight rows of a tile
 * @param bits of a pixel, which has no sign
 */
record JpegSize(long width, long height, long tileWidth, long tileHeight, int bits) {
  private static final long SOC_AND_SIZ = 0xFF4F_FF51L;
  private static final int MAX_BITS = 31;
  private static final int MAX_TILES = 65_535;
  private static final int SHORTEST_TILE_PART = 14;

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
    return new JpegSize(
        section.uint32(octet + 8),
        section.uint32(octet + 12),
        Math.max(1, section.uint32(octet + 24)),
        Math.max(1, section.uint32(octet + 28)),
        depth + 1);
  }

  private static boolean isZero(OctetReader section, int octet) {
    return section.uint32(octet) == 0 && section.uint32(octet + 4) == 0;
  }

  private static long ceilDiv(long size, long part) {
    return (size + part - 1) / part;
  }

  /** Into how many rectangles the image is divided. */
  long tiles() {
    return ceilDiv(width, tileWidth) * ceilDiv(height, tileHeight);
  }

  /**
   * How many rectangles of a size a tile touches, which are lined up with the image's corner.
   *
   * @param halvings how often the tile was halved in both directions before
   */
  long partitions(int tile, int halvings, int partWidth, int partHeight) {
    long tilesInRow = ceilDiv(width, tileWidth);
    long left = tile % tilesInRow * tileWidth;
    long top = tile / tilesInRow * tileHeight;
    return partitions(left, Math.min(left + tileWidth, width), halvings, partWidth)
        * partitions(top, Math.min(top + tileHeight, height), halvings, partHeight);
  }

  private static long partitions(long from, long to, int halvings, int part) {
    long first = ceilDiv(from, 1L << halvings);
    long end = ceilDiv(to, 1L << halvings);
    return end > first ? ceilDiv(end, part) - first / part : 0;
  }

  /**
   * Checks that the image has as many pixels as there are values, and no more tiles than {@code
   * octets} can hold.
   */
  void check(int count, int octets, Origin origin) {
    boolean fits = width > 0 && count % width == 0 && height == count / width;
    if (!fits || tiles() > Math.min(MAX_TILES, octets / SHORTEST_TILE_PART)) {
      throw new CorruptInputException(
          "decode JPEG 2000 image",
          origin,
          width
              + " x "
              + height
              + " pixels in "
              + tiles()
              + " tiles, expected "
              + count
              + " pixels");
    }
  }
}
