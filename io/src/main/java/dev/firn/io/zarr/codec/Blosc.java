package dev.firn.io.zarr.codec;

import dev.firn.io.Origin;
import dev.firn.io.UnsupportedFeatureException;
import java.nio.ByteBuffer;
import java.util.OptionalInt;

/**
 * The {@code blosc} codec (Zarr v3 codec specification "blosc", frames of c-blosc 1, format 2).
 *
 * <p>Frames of zstd without bit shuffle are written and read here; the others go through the blosc
 * library.
 *
 * @param compressor what compresses the blocks
 * @param level 0 (stored) to 9. With zstd it is zstd's own level, not the one c-blosc would map it
 *     to; frames do not record it
 * @param shuffle what happens to a block before
 * @param typeBytes the length of an element, for the shuffle
 * @param blockBytes the length of a block, 0 to choose one
 */
public record Blosc(
    BloscCompressor compressor, int level, BloscShuffle shuffle, int typeBytes, int blockBytes)
    implements BytesToBytes {

  /** Checks the ranges. */
  public Blosc {
    if (level < 0 || level > 9) {
      throw new IllegalArgumentException("Invalid blosc level " + level + ": expected 0 to 9");
    }
    if (typeBytes < 1) {
      throw new IllegalArgumentException(
          "Invalid blosc typesize " + typeBytes + ": expected 1 or more");
    }
    if (blockBytes < 0) {
      throw new IllegalArgumentException(
          "Invalid blosc blocksize " + blockBytes + ": expected 0 or more");
    }
  }

  @Override
  public byte[] encode(ByteBuffer decoded) {
    if (compressor == BloscCompressor.ZSTD && shuffle != BloscShuffle.BITSHUFFLE) {
      return new BloscZstdEncoder(this, decoded.slice()).encode();
    }
    return BloscLibrary.compress(this, decoded);
  }

  @Override
  public ByteBuffer decode(ByteBuffer encoded, OptionalInt decodedBytes, Origin origin) {
    ByteBuffer frame = encoded.slice();
    BloscHeader header = BloscHeader.parse(frame, origin);
    HeapBytes.requireLength("blosc", header.bytes(), decodedBytes, origin);
    if (header.isStored()) {
      return frame.slice(BloscHeader.BYTES, header.bytes());
    }
    if (header.compressorFormat() == BloscCompressor.ZSTD.format() && !header.isBitShuffled()) {
      return new BloscZstdDecoder(header, frame, origin).decode();
    }
    return decodeWithLibrary(header, frame, origin);
  }

  private static ByteBuffer decodeWithLibrary(BloscHeader header, ByteBuffer frame, Origin origin) {
    int format = header.compressorFormat();
    if (format == BloscCompressor.SNAPPY.format() || format > BloscCompressor.ZSTD.format()) {
      throw new UnsupportedFeatureException("blosc compressor format " + format, origin);
    }
    byte[] decoded = BloscLibrary.decompress(frame, origin);
    HeapBytes.requireLength("blosc", decoded.length, OptionalInt.of(header.bytes()), origin);
    return ByteBuffer.wrap(decoded);
  }
}
