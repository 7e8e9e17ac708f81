package dev.firn.io.zarr.codec;

import dev.firn.io.Origin;
import dev.firn.io.bytes.ByteShuffle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Reads one compressed frame of c-blosc 1 with zstd blocks, without bit shuffle. Where the header
 * does not forbid it, a full block of enough elements is split into one zstd frame for each byte of
 * an element.
 */
final class BloscZstdDecoder {
  private static final int LARGEST_SPLIT = 16;
  private static final int SMALLEST_SPLIT_BYTES = 128;

  private final BloscHeader header;
  private final ByteBuffer frame;
  private final Origin origin;

  BloscZstdDecoder(BloscHeader header, ByteBuffer frame, Origin origin) {
    this.header = header;
    this.frame = frame.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    this.origin = origin;
  }

  ByteBuffer decode() {
    byte[] decoded = new byte[header.bytes()];
    byte[] shuffled = new byte[header.isByteShuffled() ? header.blockBytes() : 0];
    for (int index = 0; index < header.blocks(); index++) {
      int length = header.blockBytes(index);
      frame.position(start(index));
      ByteBuffer block = ByteBuffer.wrap(decoded, index * header.blockBytes(), length);
      if (header.isByteShuffled()) {
        decompress(ByteBuffer.wrap(shuffled, 0, length));
        ByteShuffle.unshuffle(shuffled, block, header.typeBytes());
      } else {
        decompress(block);
      }
    }
    return ByteBuffer.wrap(decoded);
  }

  private int start(int block) {
    int start = frame.getInt(BloscHeader.BYTES + block * Integer.BYTES);
    if (start < header.startsEnd() || start > frame.limit()) {
      throw BloscHeader.corrupt(
          "block " + block + " starts at " + start + " of " + frame.limit() + " bytes", origin);
    }
    return start;
  }

  private void decompress(ByteBuffer block) {
    int splits = splits(block.remaining());
    int splitBytes = block.remaining() / splits;
    for (int split = 0; split < splits; split++) {
      decompressSplit(block.slice(block.position() + split * splitBytes, splitBytes));
    }
  }

  private int splits(int length) {
    boolean split =
        header.isSplit()
            && header.typeBytes() <= LARGEST_SPLIT
            && header.blockBytes() / header.typeBytes() >= SMALLEST_SPLIT_BYTES
            && length == header.blockBytes();
    return split ? header.typeBytes() : 1;
  }

  private void decompressSplit(ByteBuffer target) {
    int length = frame.remaining() < Integer.BYTES ? -1 : frame.getInt();
    if (length < 0 || length > frame.remaining()) {
      throw BloscHeader.corrupt(
          "a block of " + length + " bytes ends after " + frame.remaining() + " bytes", origin);
    }
    ByteBuffer encoded = frame.slice(frame.position(), length);
    frame.position(frame.position() + length);
    if (length == target.remaining()) {
      target.put(encoded);
      return;
    }
    ZstdLibrary.decompress(encoded, target, origin);
    if (target.hasRemaining()) {
      throw BloscHeader.corrupt(
          "a block has " + target.position() + " bytes, expected " + target.limit(), origin);
    }
  }
}
