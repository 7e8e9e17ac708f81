package dev.firn.io.zarr;

import dev.firn.io.Origin;
import dev.firn.io.zarr.CodecSpec.BloscCodec;
import dev.firn.io.zarr.CodecSpec.BytesCodec;
import dev.firn.io.zarr.CodecSpec.Crc32cCodec;
import dev.firn.io.zarr.CodecSpec.GzipCodec;
import dev.firn.io.zarr.CodecSpec.ShardingCodec;
import dev.firn.io.zarr.CodecSpec.TransposeCodec;
import dev.firn.io.zarr.CodecSpec.ZstdCodec;
import dev.firn.io.zarr.codec.Blosc;
import dev.firn.io.zarr.codec.BytesToBytes;
import dev.firn.io.zarr.codec.Crc32c;
import dev.firn.io.zarr.codec.Gzip;
import dev.firn.io.zarr.codec.Transpose;
import dev.firn.io.zarr.codec.Zstandard;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * The codec chain of chunks of one shape: immutable, safe for use by many threads. Decoded chunks
 * are elements in C order, little-endian.
 */
final class ChunkCodec {
  private final int chunkBytes;
  private final List<Transpose> transposes;
  private final ArrayToBytes toBytes;
  private final List<BytesToBytes> compressors;

  private ChunkCodec(
      int chunkBytes,
      List<Transpose> transposes,
      ArrayToBytes toBytes,
      List<BytesToBytes> compressors) {
    this.chunkBytes = chunkBytes;
    this.transposes = List.copyOf(transposes);
    this.toBytes = toBytes;
    this.compressors = List.copyOf(compressors);
  }

  /**
   * The chain of chunks of {@code shape} with elements like {@code fillValue}.
   *
   * @throws IllegalArgumentException when a codec does not fit them
   */
  static ChunkCodec of(List<Integer> shape, FillValue fillValue, List<CodecSpec> codecs) {
    CodecChain.check(codecs);
    int sizeBytes = fillValue.dataType().sizeBytes();
    int chunkBytes = Shapes.bytes(shape, fillValue.dataType());
    List<Transpose> transposes = new ArrayList<>();
    List<BytesToBytes> compressors = new ArrayList<>();
    List<Integer> encodedShape = shape;
    for (CodecSpec codec : codecs) {
      if (codec instanceof TransposeCodec transpose) {
        requireRank(transpose, encodedShape);
        transposes.add(Transpose.of(transpose.order(), encodedShape, sizeBytes));
        encodedShape = transposes.get(transposes.size() - 1).encodedShape();
      } else if (codec.stage() == CodecSpec.Stage.BYTES_TO_BYTES) {
        compressors.add(compressor(codec));
      }
    }
    ArrayToBytes toBytes = toBytes(codecs.get(transposes.size()), encodedShape, fillValue);
    return new ChunkCodec(chunkBytes, transposes, toBytes, compressors);
  }

  private static void requireRank(TransposeCodec transpose, List<Integer> shape) {
    if (transpose.order().size() != shape.size()) {
      throw new IllegalArgumentException(
          "Invalid order "
              + transpose.order()
              + " of codec 'transpose' for chunks of shape "
              + shape);
    }
  }

  private static ArrayToBytes toBytes(CodecSpec codec, List<Integer> shape, FillValue fillValue) {
    return codec instanceof ShardingCodec sharding
        ? ShardBytes.of(sharding, shape, fillValue)
        : ElementBytes.of(
            (BytesCodec) codec, fillValue.dataType(), Shapes.bytes(shape, fillValue.dataType()));
  }

  private static BytesToBytes compressor(CodecSpec codec) {
    if (codec instanceof BloscCodec blosc) {
      return new Blosc(
          blosc.cname(), blosc.clevel(), blosc.shuffle(), blosc.typesize(), blosc.blocksize());
    } else if (codec instanceof ZstdCodec zstd) {
      return new Zstandard(zstd.level(), zstd.checksum());
    } else if (codec instanceof GzipCodec gzip) {
      return new Gzip(gzip.level());
    } else if (codec instanceof Crc32cCodec) {
      return new Crc32c();
    }
    throw new IllegalStateException("Codec '" + codec.name() + "' does not turn bytes into bytes");
  }

  /** The length of a decoded chunk. */
  int chunkBytes() {
    return chunkBytes;
  }

  /** The length of an encoded chunk, empty when it depends on the values. */
  OptionalInt encodedBytes() {
    return encodedBytes(compressors.size());
  }

  private OptionalInt encodedBytes(int compressorsApplied) {
    OptionalInt bytes = toBytes.encodedBytes();
    for (BytesToBytes compressor : compressors.subList(0, compressorsApplied)) {
      bytes = bytes.isPresent() ? compressor.encodedBytes(bytes.getAsInt()) : bytes;
    }
    return bytes;
  }

  /** Encodes position to limit of {@code values}, which must be one whole chunk, to a new array. */
  byte[] encode(ByteBuffer values) {
    if (values.remaining() != chunkBytes) {
      throw new IllegalArgumentException(
          "Invalid chunk of " + values.remaining() + " bytes: expected " + chunkBytes);
    }
    ByteBuffer array = values.slice();
    for (Transpose transpose : transposes) {
      array = transpose.encode(array);
    }
    ByteBuffer bytes = toBytes.encode(array);
    if (compressors.isEmpty()) {
      byte[] copy = new byte[bytes.remaining()];
      bytes.get(bytes.position(), copy);
      return copy;
    }
    byte[] encoded = compressors.get(0).encode(bytes);
    for (BytesToBytes compressor : compressors.subList(1, compressors.size())) {
      encoded = compressor.encode(ByteBuffer.wrap(encoded));
    }
    return encoded;
  }

  /**
   * Decodes position to limit of {@code encoded}, which is backed by an array.
   *
   * @return one whole chunk, from position 0 to its limit; it may share the memory of {@code
   *     encoded}
   */
  ByteBuffer decode(ByteBuffer encoded, Origin origin) {
    ByteBuffer bytes = encoded.slice();
    for (int i = compressors.size() - 1; i >= 0; i--) {
      bytes = compressors.get(i).decode(bytes, encodedBytes(i), origin);
    }
    ByteBuffer array = toBytes.decode(bytes, origin);
    for (int i = transposes.size() - 1; i >= 0; i--) {
      array = transposes.get(i).decode(array);
    }
    return array.slice().order(ByteOrder.LITTLE_ENDIAN);
  }
}
