package dev.firn.io.zarr;

import dev.firn.io.CorruptInputException;
import dev.firn.io.Origin;
import dev.firn.io.object.ByteRange;
import dev.firn.io.zarr.CodecSpec.ShardingCodec;
import dev.firn.io.zarr.CodecSpec.ShardingCodec.IndexLocation;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The layout of the shards of an array (Zarr v3 codec specification "sharding_indexed"): the
 * encoded chunks in index order without gaps, and the encoded index before or behind them.
 */
final class Shard {
  private final int chunks;
  private final ChunkCodec indexCodec;
  private final int indexBytes;
  private final IndexLocation indexLocation;

  private Shard(int chunks, ChunkCodec indexCodec, int indexBytes, IndexLocation indexLocation) {
    this.chunks = chunks;
    this.indexCodec = indexCodec;
    this.indexBytes = indexBytes;
    this.indexLocation = indexLocation;
  }

  /** The layout of shards of {@code shardShape}. */
  static Shard of(ShardingCodec codec, List<Integer> shardShape) {
    List<Integer> indexShape = new ArrayList<>(grid(shardShape, codec.chunkShape()));
    int chunks = Shapes.elements(indexShape);
    indexShape.add(2);
    ChunkCodec indexCodec =
        ChunkCodec.of(indexShape, FillValue.zero(DataType.UINT64), codec.indexCodecs());
    int indexBytes =
        indexCodec
            .encodedBytes()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "Invalid index codecs "
                            + CodecSpec.summary(codec.indexCodecs())
                            + ": the length of a shard index must not depend on its content"));
    return new Shard(chunks, indexCodec, indexBytes, codec.indexLocation());
  }

  /** How many chunks fill {@code shape} along each dimension. */
  static List<Integer> grid(List<Integer> shape, List<Integer> chunkShape) {
    List<Integer> grid = new ArrayList<>();
    for (int d = 0; d < shape.size(); d++) {
      int chunkLength = d < chunkShape.size() ? chunkShape.get(d) : 0;
      if (chunkShape.size() != shape.size() || chunkLength < 1 || shape.get(d) % chunkLength != 0) {
        throw new IllegalArgumentException(
            "Invalid inner chunk shape "
                + chunkShape
                + ": it does not fill shards of shape "
                + shape);
      }
      grid.add(shape.get(d) / chunkLength);
    }
    return List.copyOf(grid);
  }

  int chunks() {
    return chunks;
  }

  /** Where the index of a shard of {@code shardBytes} bytes lies. */
  ByteRange indexRange(long shardBytes, Origin origin) {
    if (shardBytes < indexBytes) {
      throw new CorruptInputException(
          "read shard index",
          origin,
          "the shard has " + shardBytes + " bytes, its index alone " + indexBytes);
    }
    return new ByteRange(
        indexLocation == IndexLocation.START ? 0 : shardBytes - indexBytes, indexBytes);
  }

  /** The index of a shard, of which {@code encoded} is the part that {@link #indexRange} names. */
  ShardIndex index(ByteBuffer encoded, Origin origin) {
    return new ShardIndex(indexCodec.decode(encoded, origin));
  }

  /** The index of the whole shard {@code shard}, which is backed by an array. */
  ShardIndex indexOf(ByteBuffer shard, Origin origin) {
    ByteRange range = indexRange(shard.remaining(), origin);
    return index(part(shard, range), origin.plus(range.offset()));
  }

  /** A part of the whole shard {@code shard}. */
  static ByteBuffer part(ByteBuffer shard, ByteRange range) {
    return shard.slice(shard.position() + (int) range.offset(), (int) range.lengthBytes());
  }

  /** The parts of the shard of these encoded chunks; none when no chunk is there. */
  List<ByteBuffer> assemble(List<Optional<byte[]>> encodedChunks) {
    if (encodedChunks.size() != chunks) {
      throw new IllegalArgumentException(
          "Invalid shard of " + encodedChunks.size() + " chunks: expected " + chunks);
    }
    ShardIndex index = ShardIndex.ofAbsent(chunks);
    List<ByteBuffer> parts = new ArrayList<>();
    long offset = indexLocation == IndexLocation.START ? indexBytes : 0;
    for (int chunk = 0; chunk < chunks; chunk++) {
      Optional<byte[]> encoded = encodedChunks.get(chunk);
      if (encoded.isPresent()) {
        index.set(chunk, new ByteRange(offset, encoded.get().length));
        parts.add(ByteBuffer.wrap(encoded.get()));
        offset += encoded.get().length;
      }
    }
    if (!parts.isEmpty()) {
      ByteBuffer encodedIndex = ByteBuffer.wrap(indexCodec.encode(index.entries()));
      parts.add(indexLocation == IndexLocation.START ? 0 : parts.size(), encodedIndex);
    }
    return List.copyOf(parts);
  }
}
