package dev.firn.io.zarr;

import dev.firn.io.CorruptInputException;
import dev.firn.io.Origin;
import dev.firn.io.object.ByteRange;
import dev.firn.io.object.ObjectPath;
import dev.firn.io.object.ObjectStat;
import dev.firn.io.object.ObjectStore;
import dev.firn.io.object.StoredObject;
import dev.firn.io.zarr.CodecSpec.ShardingCodec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * Turns stored objects into the chunks of an array. Decoded chunks are elements in C order,
 * little-endian, from position 0 to the limit; they may share the memory of what was fetched. An
 * absent chunk is empty: its elements are the fill value.
 */
public final class ChunkDecoder {
  private final ArrayLayout layout;
  private final ChunkCodec chunkCodec;
  private final Optional<Shard> shard;

  private ChunkDecoder(ArrayLayout layout, ChunkCodec chunkCodec, Optional<Shard> shard) {
    this.layout = layout;
    this.chunkCodec = chunkCodec;
    this.shard = shard;
  }

  /**
   * The decoder of an array; it is safe for use by many threads.
   *
   * @throws IllegalArgumentException when its codecs do not fit its chunks
   */
  public static ChunkDecoder of(ArrayMetadata metadata) {
    Optional<ShardingCodec> sharding = ArrayLayout.sharding(metadata);
    List<CodecSpec> codecs = sharding.map(ShardingCodec::codecs).orElse(metadata.codecs());
    ArrayLayout layout = ArrayLayout.of(metadata);
    return new ChunkDecoder(
        layout,
        ChunkCodec.of(layout.innerChunkShape(), metadata.fillValue(), codecs),
        sharding.map(codec -> Shard.of(codec, metadata.chunkShape())));
  }

  /** Takes decoded chunks. */
  @FunctionalInterface
  interface ChunkConsumer {
    void accept(int innerIndex, ByteBuffer values);
  }

  /**
   * One inner chunk of a stored object that was fetched whole.
   *
   * @throws CorruptInputException when the bytes break the format
   */
  public Optional<ByteBuffer> decodeChunk(byte[] storedObject, int innerIndex, Origin origin) {
    Single chunk = new Single();
    decodeChunks(storedObject, List.of(innerIndex), origin, chunk);
    return chunk.values;
  }

  /**
   * One inner chunk from a store; of a shard, only the index and the bytes of the chunk are
   * fetched.
   *
   * @param arrayPath the prefix of the array's store keys
   * @param storedIndex which stored chunk
   * @throws CorruptInputException when the bytes break the format
   */
  public Optional<ByteBuffer> readChunk(
      ObjectStore store, ObjectPath arrayPath, long[] storedIndex, int innerIndex)
      throws IOException {
    Single chunk = new Single();
    ObjectPath key = arrayPath.resolve(layout.storeKey(storedIndex).value());
    readChunks(store, key, List.of(innerIndex), chunk);
    return chunk.values;
  }

  /** Holds the one chunk that was asked for. */
  private static final class Single implements ChunkConsumer {
    private Optional<ByteBuffer> values = Optional.empty();

    @Override
    public void accept(int innerIndex, ByteBuffer decoded) {
      values = Optional.of(decoded);
    }
  }

  /** Gives those of {@code wanted} that a whole stored object has. */
  private void decodeChunks(
      byte[] storedObject, List<Integer> wanted, Origin origin, ChunkConsumer consumer) {
    ByteBuffer stored = ByteBuffer.wrap(storedObject);
    if (shard.isEmpty()) {
      wanted.forEach(inner -> consumer.accept(inner, chunkCodec.decode(stored, origin)));
      return;
    }
    Origin start = Origin.of(origin.name(), origin.offset().orElse(0));
    ShardIndex index = shard.get().indexOf(stored, start);
    for (int inner : wanted) {
      Optional<ByteRange> range = index.range(inner, storedObject.length, start);
      if (range.isPresent()) {
        ByteBuffer part = Shard.part(stored, range.get());
        consumer.accept(inner, chunkCodec.decode(part, start.plus(range.get().offset())));
      }
    }
  }

  /**
   * Gives those of {@code wanted} that the object {@code key} of a store has. One request for all
   * of a shard is cheaper than one for each of most of its chunks.
   */
  void readChunks(ObjectStore store, ObjectPath key, List<Integer> wanted, ChunkConsumer consumer)
      throws IOException {
    if (shard.isEmpty() || 2 * wanted.size() > shard.get().chunks()) {
      Optional<StoredObject> whole = store.get(key);
      if (whole.isPresent()) {
        decodeChunks(whole.get().bytes(), wanted, ZarrGroup.origin(store, key), consumer);
      }
      return;
    }
    Optional<ObjectStat> stat = store.stat(key);
    if (stat.isPresent()) {
      readRanges(store, stat.get(), wanted, consumer);
    }
  }

  private void readRanges(
      ObjectStore store, ObjectStat stat, List<Integer> wanted, ChunkConsumer consumer)
      throws IOException {
    Origin start = Origin.of(ZarrGroup.origin(store, stat.path()).name(), 0);
    ByteRange indexRange = shard.orElseThrow().indexRange(stat.sizeBytes(), start);
    ByteBuffer encodedIndex = range(store, stat.path(), indexRange);
    ShardIndex index = shard.orElseThrow().index(encodedIndex, start.plus(indexRange.offset()));
    for (int inner : wanted) {
      Optional<ByteRange> range = index.range(inner, stat.sizeBytes(), start);
      if (range.isPresent()) {
        ByteBuffer encoded = range(store, stat.path(), range.get());
        consumer.accept(inner, chunkCodec.decode(encoded, start.plus(range.get().offset())));
      }
    }
  }

  private static ByteBuffer range(ObjectStore store, ObjectPath key, ByteRange range)
      throws IOException {
    int found = 0;
    Optional<byte[]> bytes = store.getRange(key, range);
    if (bytes.isPresent()) {
      found = bytes.get().length;
      if (found == range.lengthBytes()) {
        return ByteBuffer.wrap(bytes.get());
      }
    }
    throw new CorruptInputException(
        "read shard",
        Origin.of(ZarrGroup.origin(store, key).name(), range.offset()),
        "it ends after " + found + " bytes, expected " + range.lengthBytes());
  }
}
