package dev.firn.io.grib;

import dev.firn.io.CorruptInputException;
import dev.firn.io.Origin;
import dev.firn.io.bytes.OctetReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Divides a message into its sections, checking that they follow each other as regulation 92.2
 * allows: sections 2 to 7, 3 to 7 or 4 to 7 may be repeated, once for each field.
 */
final class SectionWalker {
  private static final int LOCAL_USE = 2;
  private static final int GRID = 3;
  private static final int DATA_REPRESENTATION = 5;

  /** Section 7, the last of a field. */
  static final int DATA = 7;

  private static final int NUMBER_OCTET = 5;
  private static final int SHORTEST = 5;

  private final byte[] bytes;
  private final Origin origin;
  private final int end;
  private final OctetReader[] latest = new OctetReader[DATA + 1];
  private final List<FieldSections> fields = new ArrayList<>();
  private Optional<OctetReader> lastBitMap = Optional.empty();

  /** Walks sections of {@code bytes} up to index {@code end}, where section 8 begins. */
  SectionWalker(byte[] bytes, int end, Origin origin) {
    this.bytes = bytes;
    this.end = end;
    this.origin = origin;
  }

  /** Walks sections 1 to 7, the first of them at index {@code start}. */
  void walk(int start) {
    int previous = 0;
    int at = start;
    while (at < end) {
      int number = number(new OctetReader(bytes, at, end - at, next(previous, at)), previous);
      OctetReader section = sectionAt(at, number);
      accept(number, section);
      previous = number;
      at += section.length();
    }
    checkLast(previous, next(previous, at));
  }

  private Origin next(int previous, int at) {
    return origin.section(previous + 1, at);
  }

  private OctetReader sectionAt(int at, int number) {
    OctetReader rest = new OctetReader(bytes, at, end - at, origin.section(number, at));
    return new OctetReader(bytes, at, length(rest, end - at), rest.origin());
  }

  /** Checks that section {@code previous} may be the last; {@code next} is where it ended. */
  static void checkLast(int previous, Origin next) {
    if (previous != DATA) {
      throw new CorruptInputException(
          "read sections", next, "the message ends after section " + previous);
    }
  }

  /** The length of the section that begins with {@code head}, checked against what is left. */
  static int length(OctetReader head, long left) {
    long length = head.uint32(1);
    if (length < SHORTEST || length > left || length > Integer.MAX_VALUE) {
      throw new CorruptInputException(
          "read section",
          head.origin(),
          "it has " + length + " octets, " + left + " are left in the message");
    }
    return (int) length;
  }

  /** The number of the section that begins with {@code head}, checked against the one before. */
  static int number(OctetReader head, int previous) {
    int number = head.uint8(NUMBER_OCTET);
    if (!mayFollow(previous, number)) {
      throw new CorruptInputException(
          "read sections",
          head.origin(NUMBER_OCTET),
          "section " + number + " after section " + previous);
    }
    return number;
  }

  private static boolean mayFollow(int previous, int number) {
    return switch (previous) {
      case IdentificationSection.NUMBER -> number == LOCAL_USE || number == GRID;
      case DATA -> number >= LOCAL_USE && number <= ProductSection.NUMBER;
      default -> number == previous + 1;
    };
  }

  private void accept(int number, OctetReader section) {
    latest[number] = section;
    if (number == BitMapSection.NUMBER && BitMapSection.isGiven(section)) {
      lastBitMap = Optional.of(section);
    }
    if (number == DATA) {
      fields.add(
          new FieldSections(
              latest[GRID],
              latest[ProductSection.NUMBER],
              latest[DATA_REPRESENTATION],
              latest[BitMapSection.NUMBER],
              section,
              lastBitMap));
    }
  }

  /** Section 1. */
  OctetReader identification() {
    return latest[IdentificationSection.NUMBER];
  }

  /** The fields, in order. */
  List<FieldSections> fields() {
    return fields;
  }
}
