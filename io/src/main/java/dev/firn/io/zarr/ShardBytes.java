package dev.firn.io.zarr;

import dev.firn.io.Origin;
import dev.firn.io.object.ByteRange;
import dev.firn.io.zarr.CodecSpec.ShardingCodec;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The {@code sharding_indexed} codec as a part of a chain: a whole shard at once. It serves shards
 * within shards and shards with other codecs around them; chunks of only fill value are left out.
 */
final class ShardBytes implements ArrayToBytes {
  private final Shard shard;
  private final ChunkCodec chunkCodec;
  private final List<Integer> shape;
  private final List<Integer> chunkShape;
  private final FillValue fillValue;

  private ShardBytes(
      Shard shard,
      ChunkCodec chunkCodec,
      List<Integer> shape,
      List<Integer> chunkShape,
      FillValue fillValue) {
    this.shard = shard;
    this.chunkCodec = chunkCodec;
    this.shape = shape;
    this.chunkShape = chunkShape;
    this.fillValue = fillValue;
  }

  static ShardBytes of(ShardingCodec codec, List<Integer> shape, FillValue fillValue) {
    return new ShardBytes(
        Shard.of(codec, shape),
        ChunkCodec.of(codec.chunkShape(), fillValue, codec.codecs()),
        shape,
        codec.chunkShape(),
        fillValue);
  }

  @Override
  public ByteBuffer encode(ByteBuffer values) {
    List<Optional<byte[]>> chunks = new ArrayList<>();
    for (int chunk = 0; chunk < shard.chunks(); chunk++) {
      ByteBuffer buffer = ByteBuffer.allocate(chunkCodec.chunkBytes());
      copy(new Placed(values, shape, start(chunk)), new Placed(buffer, chunkShape));
      chunks.add(
          fillValue.fills(buffer) ? Optional.empty() : Optional.of(chunkCodec.encode(buffer)));
    }
    List<ByteBuffer> parts = shard.assemble(chunks);
    ByteBuffer whole = ByteBuffer.allocate(parts.stream().mapToInt(ByteBuffer::remaining).sum());
    parts.forEach(whole::put);
    return whole.flip();
  }

  @Override
  public ByteBuffer decode(ByteBuffer encoded, Origin origin) {
    ByteBuffer values = ByteBuffer.allocate(Shapes.bytes(shape, fillValue.dataType()));
    fillValue.fill(values);
    if (!encoded.hasRemaining()) {
      return values;
    }
    ShardIndex index = shard.indexOf(encoded, origin);
    for (int chunk = 0; chunk < shard.chunks(); chunk++) {
      Optional<ByteRange> range = index.range(chunk, encoded.remaining(), origin);
      if (range.isPresent()) {
        ByteBuffer part = Shard.part(encoded, range.get());
        ByteBuffer decoded = chunkCodec.decode(part, origin.plus(range.get().offset()));
        copy(new Placed(decoded, chunkShape), new Placed(values, shape, start(chunk)));
      }
    }
    return values;
  }

  private void copy(Placed from, Placed to) {
    Placed.copy(from, to, chunkShape, fillValue.dataType().sizeBytes());
  }

  private List<Integer> start(int chunk) {
    int[] start = Shapes.position(chunk, Shard.grid(shape, chunkShape));
    for (int d = 0; d < start.length; d++) {
      start[d] *= chunkShape.get(d);
    }
    return Shapes.listOf(start);
  }

  @Override
  public OptionalInt encodedBytes() {
    return OptionalInt.empty();
  }
}
