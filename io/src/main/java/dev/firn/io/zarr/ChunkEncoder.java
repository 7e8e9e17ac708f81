package dev.firn.io.zarr;

import dev.firn.io.Origin;
import dev.firn.io.UnsupportedFeatureException;
import dev.firn.io.zarr.CodecSpec.ShardingCodec;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * Turns the chunks of an array into stored objects: {@link #encodeChunk} each inner chunk, in any
 * order and by any thread, then {@link #assemble} those of one stored chunk. Both are pure
 * functions: the same values give the same bytes.
 */
public final class ChunkEncoder {
  private final ChunkCodec chunkCodec;
  private final FillValue fillValue;
  private final Optional<Shard> shard;

  private ChunkEncoder(ChunkCodec chunkCodec, FillValue fillValue, Optional<Shard> shard) {
    this.chunkCodec = chunkCodec;
    this.fillValue = fillValue;
    this.shard = shard;
  }

  /**
   * The encoder of an array; it is safe for use by many threads.
   *
   * @throws IllegalArgumentException when its codecs do not fit its chunks
   * @throws UnsupportedFeatureException for shards within shards and codecs around shards
   */
  public static ChunkEncoder of(ArrayMetadata metadata) {
    Optional<ShardingCodec> sharding = ArrayLayout.sharding(metadata);
    List<CodecSpec> codecs = sharding.map(ShardingCodec::codecs).orElse(metadata.codecs());
    if (codecs.stream().anyMatch(ShardingCodec.class::isInstance)) {
      throw new UnsupportedFeatureException(
          "codecs " + CodecSpec.summary(metadata.codecs()),
          Origin.of("an array to write: a shard must be the only codec and have no other shards"));
    }
    return new ChunkEncoder(
        ChunkCodec.of(ArrayLayout.of(metadata).innerChunkShape(), metadata.fillValue(), codecs),
        metadata.fillValue(),
        sharding.map(codec -> Shard.of(codec, metadata.chunkShape())));
  }

  /** The length of a decoded inner chunk. */
  public int chunkBytes() {
    return chunkCodec.chunkBytes();
  }

  /**
   * Encodes one whole inner chunk.
   *
   * @param decodedInnerChunk its elements in C order, little-endian, from position to limit; the
   *     buffer is not changed
   * @return a new array
   */
  public byte[] encodeChunk(ByteBuffer decodedInnerChunk) {
    return chunkCodec.encode(decodedInnerChunk);
  }

  /**
   * Whether every element from position to limit has the bits of the fill value: such a chunk may
   * be left out.
   */
  public boolean isFill(ByteBuffer decodedInnerChunk) {
    return fillValue.fills(decodedInnerChunk);
  }

  /**
   * Puts the encoded inner chunks of one stored chunk together.
   *
   * @param innerChunksInCOrder all of them, empty for those that are left out; exactly one for an
   *     array that is not sharded. The arrays are not copied
   * @return the parts of the stored object, in order; none when every chunk is left out, which is
   *     stored as no object
   */
  public List<ByteBuffer> assemble(List<Optional<byte[]>> innerChunksInCOrder) {
    if (shard.isPresent()) {
      return shard.get().assemble(innerChunksInCOrder);
    }
    if (innerChunksInCOrder.size() != 1) {
      throw new IllegalArgumentException(
          "Invalid stored chunk of " + innerChunksInCOrder.size() + " chunks: expected 1");
    }
    return innerChunksInCOrder.get(0).map(ByteBuffer::wrap).map(List::of).orElse(List.of());
  }
}
