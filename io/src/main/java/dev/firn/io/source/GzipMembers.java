package dev.firn.io.source;

import dev.firn.io.CorruptInputException;
import dev.firn.io.Origin;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The members of a gzip file (RFC 1952), one behind the other to its end: each a header, deflated
 * bytes, their CRC-32 and their number.
 *
 * <p>Java's own stream takes whatever follows the first member for the end of the file, be it the
 * broken header of the second.
 */
final class GzipMembers {
  private static final int MAGIC = 0x8B1F;
  private static final int DEFLATE = 8;
  private static final int HAS_HEADER_CRC = 1 << 1;
  private static final int HAS_EXTRA = 1 << 2;
  private static final int HAS_NAME = 1 << 3;
  private static final int HAS_COMMENT = 1 << 4;
  private static final int RESERVED = 0xE0;
  private static final int TIME_AND_SYSTEM = 6;
  private static final int BUFFER = 64 << 10;

  private final ByteBuffer file;
  private final Origin origin;
  private final UnwrappedBytes content;

  GzipMembers(byte[] file, Origin origin, UnwrappedBytes content) {
    this.file = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    this.origin = origin;
    this.content = content;
  }

  /** Adds what is in all members; there must be one. */
  void unwrap() {
    do {
      header();
      member();
    } while (file.hasRemaining());
  }

  private void header() {
    int start = file.position();
    need(4);
    int magic = Short.toUnsignedInt(file.getShort());
    int method = file.get();
    int flags = Byte.toUnsignedInt(file.get());
    if (magic != MAGIC || method != DEFLATE || (flags & RESERVED) != 0) {
      throw corrupt(
          start,
          "expected the header of a member, 1f 8b 08, found %02x %02x %02x %02x"
              .formatted(magic & 0xFF, magic >>> 8, method, flags));
    }
    skip(TIME_AND_SYSTEM);
    if ((flags & HAS_EXTRA) != 0) {
      need(2);
      skip(Short.toUnsignedInt(file.getShort()));
    }
    if ((flags & HAS_NAME) != 0) {
      skipText();
    }
    if ((flags & HAS_COMMENT) != 0) {
      skipText();
    }
    if ((flags & HAS_HEADER_CRC) != 0) {
      checkHeader(start);
    }
  }

  private void checkHeader(int start) {
    int end = file.position();
    CRC32 crc = new CRC32();
    crc.update(file.array(), start, end - start);
    need(2);
    int stored = Short.toUnsignedInt(file.getShort());
    if (stored != (crc.getValue() & 0xFFFF)) {
      throw corrupt(start, "its header does not have the checksum that it names");
    }
  }

  private void skipText() {
    do {
      need(1);
    } while (file.get() != 0);
  }

  private void skip(int count) {
    need(count);
    file.position(file.position() + count);
  }

  private void member() {
    int start = file.position();
    CRC32 crc = new CRC32();
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(file);
      long length = inflate(inflater, crc);
      need(8);
      checkTrailer(start, crc.getValue(), length);
    } catch (DataFormatException broken) {
      throw corrupt(file.position(), "the deflated bytes are broken: " + broken.getMessage());
    } finally {
      inflater.end();
    }
  }

  /** Returns how many bytes there are; the file is behind what was inflated. */
  private long inflate(Inflater inflater, CRC32 crc) throws DataFormatException {
    byte[] buffer = new byte[BUFFER];
    while (!inflater.finished()) {
      int count = inflater.inflate(buffer);
      if (count == 0 && !inflater.finished()) {
        throw cut(); // a dictionary, the other thing it may want, gzip does not know
      }
      crc.update(buffer, 0, count);
      content.add(buffer, count, origin.plus(file.position()));
    }
    return inflater.getBytesWritten();
  }

  private void checkTrailer(int start, long crc, long length) {
    long storedCrc = Integer.toUnsignedLong(file.getInt());
    long storedLength = Integer.toUnsignedLong(file.getInt());
    if (storedCrc != crc || storedLength != (length & 0xFFFF_FFFFL)) {
      throw corrupt(
          start,
          "%d bytes with CRC-32 %08x came out of it, it names %d with %08x"
              .formatted(length, crc, storedLength, storedCrc));
    }
  }

  private void need(int count) {
    if (file.remaining() < count) {
      throw cut();
    }
  }

  private CorruptInputException cut() {
    return corrupt(file.limit(), "the file ends in the middle of a member");
  }

  private CorruptInputException corrupt(int at, String detail) {
    return new CorruptInputException("unwrap gzip", origin.plus(at), detail);
  }
}
