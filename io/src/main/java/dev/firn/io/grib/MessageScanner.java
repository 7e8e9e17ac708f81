package dev.firn.io.grib;

import dev.firn.io.CorruptInputException;
import dev.firn.io.Origin;
import dev.firn.io.bytes.ByteSource;
import dev.firn.io.bytes.OctetReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;

/** Finds messages by their first octets and goes on behind each by its own length. */
final class MessageScanner implements Iterator<GribFileEntry> {
  private static final int WINDOW = 1 << 16;
  private static final int EDITION_1_HEAD = 8;
  private static final String END = "7777";

  private final ByteSource source;
  private long position;
  private OctetReader window;
  private long windowStart;
  private Optional<GribFileEntry> next = Optional.empty();

  MessageScanner(ByteSource source) {
    this.source = source;
    this.window = OctetReader.of(new byte[0], source.origin());
  }

  @Override
  public boolean hasNext() {
    try {
      while (next.isEmpty() && findStart()) {
        next = entryAt(position);
        position += next.map(GribFileEntry::lengthBytes).orElse(1L);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return next.isPresent();
  }

  @Override
  public GribFileEntry next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    GribFileEntry entry = next.orElseThrow();
    next = Optional.empty();
    return entry;
  }

  /** Moves to the next {@code GRIB}; false when there is none. */
  private boolean findStart() throws IOException {
    int mark = IndicatorSection.START.length();
    int needed = mark; // messages follow each other mostly, without anything to search between
    while (left() >= mark) {
      if (position < windowStart || position + mark > windowStart + window.length()) {
        byte[] bytes = source.read(position, (int) Math.min(needed, left()));
        window = OctetReader.of(bytes, message());
        windowStart = position;
        needed = WINDOW;
      }
      int octet = (int) (position - windowStart) + 1;
      if (window.uint8(octet) == 'G' && window.matches(octet, IndicatorSection.START)) {
        return true;
      }
      position++;
    }
    return false;
  }

  /** The message that begins at {@code offset}; empty when the letters are no message's start. */
  private Optional<GribFileEntry> entryAt(long offset) throws IOException {
    if (left() < EDITION_1_HEAD) {
      throw truncated("only " + left() + " bytes of section 0 are there");
    }
    OctetReader head =
        OctetReader.of(
            source.read(offset, (int) Math.min(IndicatorSection.LENGTH, left())),
            message().section(IndicatorSection.NUMBER, 0));
    return switch (head.uint8(8)) {
      case 1 -> edition1(head);
      case IndicatorSection.EDITION -> Optional.of(edition2(head));
      default -> Optional.empty();
    };
  }

  private GribFileEntry edition2(OctetReader head) {
    if (head.length() < IndicatorSection.LENGTH) {
      throw truncated("only " + head.length() + " bytes of section 0 are there");
    }
    long length = head.uint63(IndicatorSection.LENGTH_OCTET);
    if (length > left()) {
      throw IndicatorSection.wrongLength(
          message(), "its length is " + length + " bytes, " + left() + " are left in the file");
    }
    if (length < IndicatorSection.LENGTH + END.length()) {
      throw IndicatorSection.wrongLength(message(), "its length is only " + length + " bytes");
    }
    return new GribFileEntry(IndicatorSection.EDITION, position, length, message());
  }

  /** Edition 1 has its length in octets 5–7 and ends the same way. */
  private Optional<GribFileEntry> edition1(OctetReader head) throws IOException {
    int length = (head.uint16(5) << 8) | head.uint8(7);
    if (length < EDITION_1_HEAD + END.length() || length > left()) {
      return Optional.empty();
    }
    byte[] end = source.read(position + length - END.length(), END.length());
    return OctetReader.of(end, head.origin()).matches(1, END)
        ? Optional.of(new GribFileEntry(1, position, length, message()))
        : Optional.empty();
  }

  /** Where the message at hand begins. */
  private Origin message() {
    return source.origin().plus(position);
  }

  private long left() {
    return source.lengthBytes() - position;
  }

  private CorruptInputException truncated(String detail) {
    return new CorruptInputException(
        "read message", message().section(IndicatorSection.NUMBER, 0), detail);
  }
}
