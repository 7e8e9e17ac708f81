package dev.firn.io.zarr;

import dev.firn.io.object.ObjectPath;
import dev.firn.io.zarr.CodecSpec.ShardingCodec;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Which chunks an array has and where they are stored (Zarr v3 core, section "Chunk grids").
 *
 * <p>A stored chunk is one object. In a sharded array it is a shard of several inner chunks,
 * numbered in C order; otherwise it has the one inner chunk 0, which is the stored chunk itself.
 * (An array with another codec around {@code sharding_indexed} counts as one that is not sharded:
 * its shards can be read as a whole only.)
 */
public final class ArrayLayout {
  private final ArrayMetadata metadata;
  private final List<Integer> innerChunkShape;
  private final List<Integer> innerGrid;

  private ArrayLayout(ArrayMetadata metadata, List<Integer> innerChunkShape) {
    this.metadata = metadata;
    this.innerChunkShape = innerChunkShape;
    this.innerGrid = Shard.grid(metadata.chunkShape(), innerChunkShape);
  }

  /**
   * The layout of an array.
   *
   * @throws IllegalArgumentException when inner chunks do not fill its shards
   */
  public static ArrayLayout of(ArrayMetadata metadata) {
    return new ArrayLayout(
        metadata, sharding(metadata).map(ShardingCodec::chunkShape).orElse(metadata.chunkShape()));
  }

  static Optional<ShardingCodec> sharding(ArrayMetadata metadata) {
    return metadata.codecs().size() == 1
            && metadata.codecs().get(0) instanceof ShardingCodec sharding
        ? Optional.of(sharding)
        : Optional.empty();
  }

  /** The number of dimensions. */
  public int rank() {
    return metadata.shape().size();
  }

  public boolean isSharded() {
    return sharding(metadata).isPresent();
  }

  /** The shape of a stored chunk. */
  public List<Integer> storedChunkShape() {
    return metadata.chunkShape();
  }

  /** The shape of an inner chunk: the smallest part that is encoded. */
  public List<Integer> innerChunkShape() {
    return innerChunkShape;
  }

  /** How many inner chunks a stored chunk has along each dimension. */
  public List<Integer> innerGrid() {
    return innerGrid;
  }

  /** How many inner chunks a stored chunk has. */
  public int innerCount() {
    return Shapes.elements(innerGrid);
  }

  /** How many stored chunks the array has along each dimension. */
  public List<Long> storedGrid() {
    return IntStream.range(0, rank())
        .mapToObj(d -> ceilingDivide(metadata.shape().get(d), metadata.chunkShape().get(d)))
        .toList();
  }

  /** How many stored chunks the array has. */
  public long storedCount() {
    return storedGrid().stream().reduce(1L, Math::multiplyExact);
  }

  /** The store key, relative to the array, of the stored chunk at {@code storedIndex}. */
  public ObjectPath storeKey(long... storedIndex) {
    requireRank(storedIndex.length);
    return metadata.chunkKeyEncoding().storeKey(storedIndex);
  }

  /** Where inner chunk {@code innerIndex} is in the inner grid. */
  public int[] innerPosition(int innerIndex) {
    return Shapes.position(innerIndex, innerGrid);
  }

  /** The number of the inner chunk at {@code position} of the inner grid. */
  public int innerIndex(int... position) {
    requireRank(position.length);
    return Shapes.index(position, innerGrid);
  }

  /** The array indices of the first element of an inner chunk. */
  public long[] innerOrigin(long[] storedIndex, int innerIndex) {
    requireRank(storedIndex.length);
    int[] position = innerPosition(innerIndex);
    long[] origin = new long[rank()];
    for (int d = 0; d < origin.length; d++) {
      origin[d] =
          storedIndex[d] * metadata.chunkShape().get(d)
              + (long) position[d] * innerChunkShape.get(d);
    }
    return origin;
  }

  /** The inner chunks of a stored chunk that lie in the array, at least with a part, ascending. */
  public List<Integer> innerChunksInArray(long... storedIndex) {
    long[] start = new long[rank()];
    long[] end = metadata.shape().stream().mapToLong(Long::longValue).toArray();
    return innerChunksWithin(storedIndex, start, end);
  }

  /**
   * The inner chunks of a stored chunk that have a part of the region from {@code start}
   * (inclusive) to {@code end} (exclusive), ascending.
   */
  List<Integer> innerChunksWithin(long[] storedIndex, long[] start, long[] end) {
    requireRank(storedIndex.length);
    int[] first = new int[rank()];
    int[] last = new int[rank()];
    for (int d = 0; d < first.length; d++) {
      long storedStart = storedIndex[d] * metadata.chunkShape().get(d);
      long from = Math.max(start[d] - storedStart, 0);
      long to = Math.min(end[d] - storedStart, metadata.chunkShape().get(d));
      if (from >= to) {
        return List.of();
      }
      first[d] = (int) from / innerChunkShape.get(d);
      last[d] = (int) (to - 1) / innerChunkShape.get(d);
    }
    return List.copyOf(Shapes.indices(first, last, innerGrid));
  }

  private void requireRank(int found) {
    if (found != rank()) {
      throw new IllegalArgumentException(
          "Invalid index of " + found + " dimensions: the array has " + rank());
    }
  }

  private static long ceilingDivide(long dividend, long divisor) {
    return dividend / divisor + (dividend % divisor == 0 ? 0 : 1);
  }

  @Override
  public String toString() {
    return "stored chunks " + storedGrid() + " of inner chunks " + innerGrid;
  }
}
