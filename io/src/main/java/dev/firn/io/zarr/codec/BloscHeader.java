package dev.firn.io.zarr.codec;

import dev.firn.io.CorruptInputException;
import dev.firn.io.Origin;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The first 16 bytes of a frame of c-blosc 1 (README_CHUNK_FORMAT):
 *
 * <pre>
 *   0 format version (2)   1 compressor version   2 flags   3 length of an element
 *   4 decoded length       8 length of a block   12 length of the frame       (int32, little-endian)
 * </pre>
 *
 * @param flags bit 0 byte shuffle, 1 stored, 2 bit shuffle, 4 blocks are not split, 5-7 compressor
 * @param typeBytes the length of an element
 * @param bytes the decoded length
 * @param blockBytes the decoded length of all blocks but the last
 * @param frameBytes the length of the frame with this header
 */
record BloscHeader(int flags, int typeBytes, int bytes, int blockBytes, int frameBytes) {
  static final int BYTES = 16;

  private static final int FORMAT_VERSION = 2;
  private static final int COMPRESSOR_VERSION = 1;
  private static final int BYTE_SHUFFLE = 1;
  private static final int STORED = 1 << 1;
  private static final int BIT_SHUFFLE = 1 << 2;
  private static final int NOT_SPLIT = 1 << 4;
  private static final int COMPRESSOR_SHIFT = 5;
  private static final int LARGEST_TYPE_BYTES = 255;

  /** The header of a zstd frame whose length is not known yet. */
  static BloscHeader ofZstd(Blosc codec, int bytes) {
    int typeBytes = codec.typeBytes() > LARGEST_TYPE_BYTES ? 1 : codec.typeBytes();
    int shuffle = codec.shuffle() == BloscShuffle.SHUFFLE ? BYTE_SHUFFLE : 0;
    int flags = shuffle | NOT_SPLIT | BloscCompressor.ZSTD.format() << COMPRESSOR_SHIFT;
    return new BloscHeader(flags, typeBytes, bytes, blockBytes(codec, typeBytes, bytes), 0);
  }

  private static int blockBytes(Blosc codec, int typeBytes, int bytes) {
    int wanted =
        codec.blockBytes() == 0
            ? BloscZstdEncoder.BLOCK_BYTES
            : Math.max(codec.blockBytes(), BloscZstdEncoder.SMALLEST_COMPRESSED_BYTES);
    int fitting = Math.max(1, Math.min(wanted, bytes));
    return fitting > typeBytes ? fitting - fitting % typeBytes : fitting;
  }

  static BloscHeader parse(ByteBuffer frame, Origin origin) {
    if (frame.remaining() < BYTES) {
      throw corrupt("it has " + frame.remaining() + " bytes, a header has 16", origin);
    }
    ByteBuffer in = frame.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    if (in.get(0) != FORMAT_VERSION) {
      throw corrupt("its format version is " + in.get(0) + ", expected 2", origin);
    }
    BloscHeader header =
        new BloscHeader(
            in.get(2) & 0xff, in.get(3) & 0xff, in.getInt(4), in.getInt(8), in.getInt(12));
    header.check(frame.remaining(), origin);
    return header;
  }

  private void check(int available, Origin origin) {
    if (frameBytes != available) {
      throw corrupt("its header tells of " + frameBytes + " bytes, found " + available, origin);
    }
    if (typeBytes == 0 || bytes < 0 || blockBytes < 1 || blockBytes > Math.max(bytes, 1)) {
      throw corrupt(
          "its header has "
              + bytes
              + " bytes in blocks of "
              + blockBytes
              + " of elements of "
              + typeBytes,
          origin);
    }
    if (isStored() ? frameBytes != BYTES + (long) bytes : frameBytes < startsEnd()) {
      throw corrupt(
          "a frame of " + frameBytes + " bytes cannot hold its " + bytes + " bytes", origin);
    }
  }

  /** This header of a frame of {@code length} bytes. */
  BloscHeader withFrameBytes(int length) {
    return new BloscHeader(flags, typeBytes, bytes, blockBytes, length);
  }

  /** This header of a frame that holds the bytes as they are. */
  BloscHeader stored() {
    return new BloscHeader(
        flags | STORED, typeBytes, bytes, blockBytes, Math.addExact(bytes, BYTES));
  }

  /** Puts the header at the start of {@code frame}. */
  void writeTo(ByteBuffer frame) {
    frame.put(0, (byte) FORMAT_VERSION);
    frame.put(1, (byte) COMPRESSOR_VERSION);
    frame.put(2, (byte) flags);
    frame.put(3, (byte) typeBytes);
    frame.putInt(4, bytes);
    frame.putInt(8, blockBytes);
    frame.putInt(12, frameBytes);
  }

  boolean isByteShuffled() {
    return (flags & BYTE_SHUFFLE) != 0 && typeBytes > 1;
  }

  boolean isBitShuffled() {
    return (flags & BIT_SHUFFLE) != 0;
  }

  boolean isStored() {
    return (flags & STORED) != 0;
  }

  boolean isSplit() {
    return (flags & NOT_SPLIT) == 0;
  }

  int compressorFormat() {
    return flags >>> COMPRESSOR_SHIFT;
  }

  int blocks() {
    return bytes / blockBytes + (bytes % blockBytes == 0 ? 0 : 1);
  }

  /** The decoded length of block {@code index}. */
  int blockBytes(int index) {
    return (int) Math.min(blockBytes, bytes - (long) index * blockBytes);
  }

  /** Where the list of block starts ends. */
  long startsEnd() {
    return BYTES + (long) Integer.BYTES * blocks();
  }

  static CorruptInputException corrupt(String detail, Origin origin) {
    return new CorruptInputException("decode blosc frame", origin, detail);
  }
}
