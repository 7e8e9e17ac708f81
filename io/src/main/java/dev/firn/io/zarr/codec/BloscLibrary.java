package dev.firn.io.zarr.codec;

import com.scalableminds.bloscjava.Blosc.Compressor;
import com.scalableminds.bloscjava.Blosc.Shuffle;
import dev.firn.io.CorruptInputException;
import dev.firn.io.Origin;
import dev.firn.io.UnsupportedFeatureException;
import java.nio.ByteBuffer;

/** The blosc library, for the compressors and shuffles that have no Java code. */
final class BloscLibrary {
  private static final int THREADS = 1;

  private BloscLibrary() {}

  static byte[] compress(Blosc codec, ByteBuffer decoded) {
    return com.scalableminds.bloscjava.Blosc.compress(
        HeapBytes.copy(decoded),
        codec.typeBytes(),
        compressor(codec.compressor()),
        codec.level(),
        shuffle(codec.shuffle()),
        codec.blockBytes(),
        THREADS);
  }

  /** The content of a frame whose header was checked. */
  static byte[] decompress(ByteBuffer frame, Origin origin) {
    try {
      return com.scalableminds.bloscjava.Blosc.decompress(HeapBytes.copy(frame), THREADS);
    } catch (RuntimeException refused) {
      // The library has no type for it.
      throw new CorruptInputException(
          "decode blosc frame", origin, "the blosc library says: " + refused.getMessage(), refused);
    }
  }

  private static Compressor compressor(BloscCompressor compressor) {
    return switch (compressor) {
      case BLOSCLZ -> Compressor.BLOSCLZ;
      case LZ4 -> Compressor.LZ4;
      case LZ4HC -> Compressor.LZ4HC;
      case ZLIB -> Compressor.ZLIB;
      case ZSTD -> Compressor.ZSTD;
      case SNAPPY ->
          throw new UnsupportedFeatureException(
              "blosc compressor 'snappy'", Origin.of("codec 'blosc'"));
    };
  }

  private static Shuffle shuffle(BloscShuffle shuffle) {
    return switch (shuffle) {
      case NOSHUFFLE -> Shuffle.NO_SHUFFLE;
      case SHUFFLE -> Shuffle.BYTE_SHUFFLE;
      case BITSHUFFLE -> Shuffle.BIT_SHUFFLE;
    };
  }
}
