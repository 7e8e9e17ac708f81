package dev.firn.io.grib.packing;

import dev.firn.io.CorruptInputException;
import dev.firn.io.bytes.OctetReader;
import java.nio.ByteBuffer;

/**
 * Marker segments and tile-parts of a JPEG 2000 codestream (ISO/IEC 15444-1, annex A), walked to
 * refuse what the library would never come to the end of: in packets, an octet of ones is followed
 * by a zero bit.
 */
final class JpegTileParts {
  private static final int SOT = 0xFF90;
  private static final int SOD = 0xFF93;
  private static final int EOC = 0xFFD9;
  private static final int MARKER = 2;
  private static final byte ONES = (byte) 0xFF;

  private final OctetReader section;

  private JpegTileParts(OctetReader section) {
    this.section = section;
  }

  /** Checks the codestream that begins at {@code octet} and ends with the section. */
  static void check(OctetReader section, int octet) {
    new JpegTileParts(section).walk(octet + MARKER);
  }

  private void walk(int start) {
    int at = start;
    while (at <= section.length() && section.uint16(at) != EOC) {
      at = section.uint16(at) == SOT ? endOfTilePart(at) : endOfSegment(at);
    }
  }

  private int endOfSegment(int at) {
    int end = at + MARKER + section.uint16(at + MARKER);
    if (end < at + 2 * MARKER) {
      throw corrupt(at, "a marker segment of less than 2 octets");
    }
    return end;
  }

  private int endOfTilePart(int start) {
    long length = section.uint32(start + 6);
    long end = length == 0 ? section.length() + 1L : start + length;
    int at = start;
    while (section.uint16(at) != SOD) {
      at = endOfSegment(at);
    }
    if (end > section.length() + 1L || end < at + MARKER) {
      throw corrupt(start, "a tile-part of " + length + " octets");
    }
    checkPackets(at + MARKER, (int) end);
    return (int) end;
  }

  private void checkPackets(int from, int end) {
    ByteBuffer packets = section.bufferFrom(from);
    byte[] bytes = packets.array();
    int first = packets.arrayOffset() + packets.position();
    for (int i = first; i < first + end - from - 1; i++) {
      if (bytes[i] == ONES && bytes[i + 1] == ONES) {
        throw corrupt(from + i - first, "sixteen ones within packets");
      }
    }
  }

  private CorruptInputException corrupt(int octet, String detail) {
    return new CorruptInputException("decode JPEG 2000 image", section.origin(octet), detail);
  }
}
