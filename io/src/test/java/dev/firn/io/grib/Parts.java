package dev.firn.io.grib;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Bytes of a file as the sections they hold, so that one can be damaged and lengths be mended. */
final class Parts {
  static final int END = 8;
  static final int OTHER = 9;

  private static final int INDICATOR_OCTETS = 16;
  private static final int END_OCTETS = 4;

  private Parts() {}

  /**
   * A section. Equality is identity of the octets.
   *
   * @param number 0 to {@value #END}, or {@value #OTHER} for bytes in no section
   * @param octets all of it
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Part(int number, byte[] octets) {}

  /** The sections of whole messages, and what is between them. */
  static List<Part> of(byte[] file) {
    List<Part> parts = new ArrayList<>();
    int at = 0;
    while (at < file.length) {
      Part part = partAt(file, at, !parts.isEmpty() && isWithinMessage(parts));
      parts.add(part);
      at += part.octets.length;
    }
    return parts;
  }

  private static boolean isWithinMessage(List<Part> parts) {
    return parts.get(parts.size() - 1).number < END;
  }

  private static Part partAt(byte[] file, int at, boolean withinMessage) {
    int left = file.length - at;
    boolean isStart = left >= INDICATOR_OCTETS && startsWith(file, at, "GRIB") && file[at + 7] == 2;
    if (isStart && !withinMessage) {
      return new Part(0, Arrays.copyOfRange(file, at, at + INDICATOR_OCTETS));
    }
    if (withinMessage && startsWith(file, at, "7777")) {
      return new Part(END, Arrays.copyOfRange(file, at, at + END_OCTETS));
    }
    if (withinMessage && left >= 5) {
      int length = ByteBuffer.wrap(file).getInt(at);
      int number = file[at + 4];
      if (length >= 5 && length <= left && number >= 1 && number < END) {
        return new Part(number, Arrays.copyOfRange(file, at, at + length));
      }
    }
    return new Part(OTHER, Arrays.copyOfRange(file, at, endOfOther(file, at)));
  }

  private static int endOfOther(byte[] file, int at) {
    int end = at + 1;
    while (end < file.length && !startsWith(file, end, "GRIB")) {
      end++;
    }
    return end;
  }

  private static boolean startsWith(byte[] file, int at, String letters) {
    boolean equal = at + letters.length() <= file.length;
    for (int i = 0; equal && i < letters.length(); i++) {
      equal = file[at + i] == letters.charAt(i);
    }
    return equal;
  }

  /** The bytes of {@code parts}, with lengths of sections and messages made true if wanted. */
  static byte[] join(List<Part> parts, boolean mended) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    for (int i = 0; i < parts.size(); i++) {
      byte[] octets = parts.get(i).octets;
      int number = parts.get(i).number;
      if (mended && number > 0 && number < END && octets.length >= 5) {
        ByteBuffer.wrap(octets).putInt(0, octets.length);
      }
      if (mended && number == 0 && octets.length >= INDICATOR_OCTETS) {
        ByteBuffer.wrap(octets).putLong(8, messageLength(parts, i));
      }
      file.writeBytes(octets);
    }
    return file.toByteArray();
  }

  private static long messageLength(List<Part> parts, int indicator) {
    long length = 0;
    for (int i = indicator; i < parts.size(); i++) {
      length += parts.get(i).octets.length;
      if (parts.get(i).number == END) {
        break;
      }
    }
    return length;
  }
}
