package dev.firn.io.grib.packing;

import dev.firn.io.CorruptInputException;
import dev.firn.io.UnsupportedFeatureException;
import dev.firn.io.bytes.OctetReader;

/**
 * Signature and IHDR chunk of a PNG image (ISO/IEC 15948, 11.2.2).
 *
 * @param width pixels in a row
 * @param height rows
 * @param bitsPerPixel bits of all samples of a pixel
 * @param end octet of the section after the chunk
 */
record PngHeader(int width, int height, int bitsPerPixel, int end) {
  private static final long SIGNATURE = 0x8950_4E47L;
  private static final long SIGNATURE_END = 0x0D0A_1A0AL;
  private static final int LENGTH = 13;
  private static final int GREY = 0;
  private static final int RED_GREEN_BLUE = 2;
  private static final int RED_GREEN_BLUE_ALPHA = 6;

  static PngHeader read(OctetReader section, int octet) {
    if (section.uint32(octet) != SIGNATURE || section.uint32(octet + 4) != SIGNATURE_END) {
      throw new CorruptInputException(
          "decode PNG image", section.origin(octet), "it does not begin as PNG images do");
    }
    int chunk = octet + 8;
    if (section.uint32(chunk) != LENGTH || !section.matches(chunk + 4, "IHDR")) {
      throw new CorruptInputException(
          "decode PNG image", section.origin(chunk), "the first chunk is not IHDR");
    }
    int header = chunk + 8;
    int interlace = section.uint8(header + 12);
    if (interlace != 0) {
      throw new UnsupportedFeatureException(
          "PNG interlace method " + interlace, section.origin(header + 12));
    }
    return new PngHeader(
        size(section, header),
        size(section, header + 4),
        bitsPerPixel(section, header + 8),
        header + LENGTH + 4);
  }

  private static int size(OctetReader section, int octet) {
    long size = section.uint32(octet);
    if (size == 0 || size > Integer.MAX_VALUE) {
      throw new CorruptInputException(
          "decode PNG image", section.origin(octet), "a side of " + size + " pixels");
    }
    return (int) size;
  }

  private static int bitsPerPixel(OctetReader section, int octet) {
    int depth = section.uint8(octet);
    int colour = section.uint8(octet + 1);
    boolean isGrey = depth >= 1 && depth <= 16 && Integer.bitCount(depth) == 1;
    if (colour == GREY && isGrey) {
      return depth;
    }
    if (colour == RED_GREEN_BLUE && depth == 8) {
      return 24;
    }
    if (colour == RED_GREEN_BLUE_ALPHA && depth == 8) {
      return 32;
    }
    throw new UnsupportedFeatureException(
        "PNG colour type " + colour + " with " + depth + " bits", section.origin(octet));
  }

  /** Octets in a row, filter type not counted. */
  long rowOctets() {
    return ((long) width * bitsPerPixel + 7) / 8;
  }
}
