package dev.firn.io.grib.packing;

import dev.firn.io.CorruptInputException;
import dev.firn.io.bytes.BitReader;
import dev.firn.io.bytes.OctetReader;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The rows of a PNG image, from the top.
 *
 * <p>Many rows are inflated at once: zlib leaves its fast loop 258 octets before the end of what it
 * is asked for, and copies up to 32 KiB to remember each time. In the array, the last row of those
 * before comes first, for the filters that need it, then the rows with the octet of their filter
 * before each, then slack for {@link BitReader}'s loads.
 */
final class PngRows {
  private static final int CHUNK_OVERHEAD = 12;
  private static final int HIGHEST_RATIO = 1032; // of deflate: 258 octets in two bits
  private static final int SLACK = 8;
  private static final int INFLATED_AT_ONCE = 1 << 17;

  private final OctetReader section;
  private final int stride;
  private final int rowsAtOnce;
  private final byte[] rows;
  private final PngFilter filters;
  private final Inflater inflater;
  private int chunk;
  private int rowsLeft;
  private int inChunk;
  private int row;
  private BitReader pixels;

  private PngRows(PngHeader header, OctetReader section) {
    DecodeScratch scratch = DecodeScratch.ofThread();
    this.section = section;
    this.chunk = header.end();
    this.stride = 1 + (int) header.rowOctets();
    this.rowsLeft = header.height();
    this.rowsAtOnce = Math.min(rowsLeft, Math.max(1, INFLATED_AT_ONCE / stride));
    this.rows = scratch.rows((1 + rowsAtOnce) * stride + SLACK);
    this.filters = new PngFilter(rows, stride, Math.max(1, header.bitsPerPixel() / 8));
    this.inflater = scratch.inflater();
    this.pixels = bits();
    Arrays.fill(rows, 0, stride, (byte) 0);
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

  /** Goes to the next row. */
  void next() {
    if (row == inChunk) {
      System.arraycopy(rows, inChunk * stride, rows, 0, stride);
      inChunk = Math.min(rowsAtOnce, rowsLeft);
      inflate(stride, inChunk * stride);
      rowsLeft -= inChunk;
      row = 0;
    }
    row++;
    int start = row * stride + 1;
    int filter = rows[start - 1];
    if (!filters.undo(filter, start, start + stride - 1)) {
      throw corrupt("filter type " + filter);
    }
    pixels = bits();
    pixels.take(start, Byte.SIZE);
  }

  private BitReader bits() {
    return OctetReader.of(rows, section.origin(6)).bitsFrom(1);
  }

  /** The pixels of the row, from where they were read before. */
  BitReader pixels() {
    return pixels;
  }

  private void inflate(int from, int count) {
    int filled = 0;
    try {
      while (filled < count) {
        int octets = inflater.inflate(rows, from + filled, count - filled);
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
}
