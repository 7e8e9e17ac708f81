package dev.firn.io.grib.packing;

import dev.firn.io.CorruptInputException;
import dev.firn.io.bytes.BitReader;
import dev.firn.io.bytes.OctetReader;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The rows of a PNG image, from the top. Only two rows are in memory at a time.
 *
 * <p>A row's array begins with a pixel of zeros, which stands for the one left of the first, and
 * ends with slack for {@link BitReader}'s loads.
 */
final class PngRows implements AutoCloseable {
  private static final int CHUNK_OVERHEAD = 12;
  private static final int HIGHEST_RATIO = 1032; // of deflate: 258 octets in two bits
  private static final int SLACK = 8;

  private final OctetReader section;
  private final int pixelOctets;
  private final int rowOctets;
  private final Inflater inflater = new Inflater();
  private int chunk;
  private byte[] above;
  private byte[] current;

  private PngRows(PngHeader header, OctetReader section) {
    this.section = section;
    this.chunk = header.end();
    this.pixelOctets = Math.max(1, header.bitsPerPixel() / 8);
    this.rowOctets = (int) header.rowOctets();
    this.above = new byte[pixelOctets + rowOctets + SLACK];
    this.current = new byte[above.length];
  }

  /** The rows of the image whose header was read from {@code section}. */
  static PngRows of(PngHeader header, OctetReader section) {
    long octets = (header.rowOctets() + 1) * header.height();
    long most = (long) HIGHEST_RATIO * section.length();
    if (octets > most) {
      throw new CorruptInputException(
          "decode PNG image",
          section.origin(),
          octets + " octets of pixels, section 7 can hold " + most);
    }
    return new PngRows(header, section);
  }

  /** The next row's pixels. They are overwritten when the one after the next is read. */
  BitReader next() {
    byte[] row = above;
    above = current;
    current = row;
    inflate(row, pixelOctets - 1, rowOctets + 1);
    int filter = row[pixelOctets - 1];
    row[pixelOctets - 1] = 0;
    if (!PngFilter.undo(filter, row, above, pixelOctets, rowOctets)) {
      throw corrupt("filter type " + filter);
    }
    return new OctetReader(row, pixelOctets, rowOctets, section.origin(6)).bitsFrom(1);
  }

  private void inflate(byte[] target, int from, int count) {
    int filled = 0;
    try {
      while (filled < count) {
        int octets = inflater.inflate(target, from + filled, count - filled);
        filled += octets;
        if (octets == 0) {
          if (inflater.finished() || inflater.needsDictionary()) {
            throw corrupt("the image data end before the last row");
          }
          inflater.setInput(nextImageData());
        }
      }
    } catch (DataFormatException e) {
      throw new CorruptInputException(
          "decode PNG image", section.origin(chunk), "the image data cannot be inflated", e);
    }
  }

  /** The next IDAT chunk, its checksum verified. */
  private ByteBuffer nextImageData() {
    while (!section.matches(chunk + 4, "IDAT")) {
      if (section.matches(chunk + 4, "IEND")) {
        throw corrupt("there are no image data left");
      }
      chunk = endOfChunk();
    }
    int end = endOfChunk();
    ByteBuffer typeAndData = section.bufferFrom(chunk + 4);
    typeAndData.limit(typeAndData.position() + end - chunk - 8);
    CRC32 checksum = new CRC32();
    checksum.update(typeAndData.duplicate());
    if (checksum.getValue() != section.uint32(end - 4)) {
      throw corrupt("the checksum of its image data is wrong");
    }
    chunk = end;
    return typeAndData.position(typeAndData.position() + 4);
  }

  private int endOfChunk() {
    long end = chunk + CHUNK_OVERHEAD + section.uint32(chunk);
    if (end > section.length() + 1L) {
      throw corrupt("a chunk ends after section 7");
    }
    return (int) end;
  }

  private CorruptInputException corrupt(String detail) {
    return new CorruptInputException("decode PNG image", section.origin(chunk), detail);
  }

  @Override
  public void close() {
    inflater.end();
  }
}
