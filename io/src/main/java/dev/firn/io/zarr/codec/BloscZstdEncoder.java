package dev.firn.io.zarr.codec;

import dev.firn.io.bytes.ByteShuffle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Writes one frame of c-blosc 1 with zstd blocks: the header, an int32 for each block that says
 * where it starts, and the blocks, each as its encoded length in an int32 and a zstd frame. A block
 * that would not become smaller is put as it is, which readers tell by its length; so is the whole.
 */
final class BloscZstdEncoder {
  /**
   * The block length where none is asked for: a block and its shuffled copy fit a level 2 cache.
   */
  static final int BLOCK_BYTES = 256 << 10;

  /** What is shorter is never compressed, as in c-blosc. */
  static final int SMALLEST_COMPRESSED_BYTES = 128;

  private static final int EXPECTED_RATIO = 4;

  private final Zstandard zstd;
  private final ByteBuffer source;
  private final BloscHeader header;
  private ByteBuffer frame;

  BloscZstdEncoder(Blosc codec, ByteBuffer source) {
    this.zstd = new Zstandard(codec.level(), false);
    this.source = source;
    this.header = BloscHeader.ofZstd(codec, source.remaining());
    this.frame = ByteBuffer.allocate(0);
  }

  byte[] encode() {
    if (zstd.level() == 0 || header.bytes() < SMALLEST_COMPRESSED_BYTES) {
      return encodeStored();
    }
    ensureRemaining(Math.toIntExact(header.startsEnd()) + header.bytes() / EXPECTED_RATIO);
    frame.position((int) header.startsEnd());
    byte[] block = new byte[header.blockBytes()];
    byte[] shuffled = new byte[header.isByteShuffled() ? header.blockBytes() : 0];
    for (int index = 0; index < header.blocks(); index++) {
      frame.putInt(BloscHeader.BYTES + index * Integer.BYTES, frame.position());
      putBlock(shuffled(index, block, shuffled));
      if (frame.position() - BloscHeader.BYTES >= header.bytes()) {
        return encodeStored();
      }
    }
    header.withFrameBytes(frame.position()).writeTo(frame);
    return Arrays.copyOf(frame.array(), frame.position());
  }

  private byte[] encodeStored() {
    BloscHeader stored = header.stored();
    ByteBuffer bytes = ByteBuffer.allocate(stored.frameBytes()).order(ByteOrder.LITTLE_ENDIAN);
    stored.writeTo(bytes);
    bytes.put(BloscHeader.BYTES, source, source.position(), source.remaining());
    return bytes.array();
  }

  /**
   * Block {@code index}, ready for the compressor, in one of two buffers or in the source's array.
   */
  private ByteBuffer shuffled(int index, byte[] block, byte[] shuffled) {
    int at = source.position() + index * header.blockBytes();
    int length = header.blockBytes(index);
    ByteBuffer values;
    if (source.hasArray()) {
      values = ByteBuffer.wrap(source.array(), source.arrayOffset() + at, length);
    } else {
      source.get(at, block, 0, length);
      values = ByteBuffer.wrap(block, 0, length);
    }
    if (!header.isByteShuffled()) {
      return values;
    }
    ByteShuffle.shuffle(values, shuffled, header.typeBytes());
    return ByteBuffer.wrap(shuffled, 0, length);
  }

  private void putBlock(ByteBuffer block) {
    ensureRemaining(Integer.BYTES + ZstdLibrary.bound(block.remaining()));
    int start = frame.position() + Integer.BYTES;
    frame.position(start);
    ZstdLibrary.compress(block, frame, zstd);
    if (frame.position() - start >= block.remaining()) {
      frame.position(start).put(block.duplicate());
    }
    frame.putInt(start - Integer.BYTES, frame.position() - start);
  }

  private void ensureRemaining(int wanted) {
    if (frame.remaining() < wanted) {
      int capacity = Math.max(Math.addExact(frame.position(), wanted), doubled(frame.capacity()));
      byte[] grown = Arrays.copyOf(frame.array(), capacity);
      frame = ByteBuffer.wrap(grown).order(ByteOrder.LITTLE_ENDIAN).position(frame.position());
    }
  }

  private static int doubled(int capacity) {
    return (int) Math.min(2L * capacity, Integer.MAX_VALUE - 8);
  }
}
