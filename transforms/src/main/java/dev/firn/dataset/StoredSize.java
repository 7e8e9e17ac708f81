package dev.firn.dataset;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How large the pieces of a data variable are before they are compressed.
 *
 * @param chunkBytes an inner chunk
 * @param chunksPerShard inner chunks in one shard
 * @param shardBytes a shard, its part beyond the array's edge included
 * @param shardsPerRegion shards that one region is written as
 * @param regionBytes the values of one region, nothing beyond the array's edge
 */
public record StoredSize(
    long chunkBytes, long chunksPerShard, long shardBytes, long shardsPerRegion, long regionBytes) {

  /** The sizes of a variable of {@code spec}. */
  public static StoredSize of(DatasetSpec spec, VariableSpec variable) {
    long elementBytes = variable.storedType().dataType().sizeBytes();
    ChunkSizes sizes = spec.chunkSizes();
    long chunk = product(sizes.chunk());
    long shard = product(sizes.shard());
    long values = sizes.appendShardLength();
    long shards = 1;
    for (int d = 0; d < spec.dimensions().size(); d++) {
      int length = spec.dimensions().get(d).length();
      int shardLength = sizes.shard().get(d + 1);
      values *= length;
      shards *= (length + shardLength - 1) / shardLength;
    }
    return new StoredSize(
        chunk * elementBytes, shard / chunk, shard * elementBytes, shards, values * elementBytes);
  }

  private static long product(List<Integer> lengths) {
    return lengths.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
  }

  /** A shape with the names of its dimensions: "time 2160 × y 45 × x 45". */
  public static String shapeText(DatasetSpec spec, List<Integer> lengths) {
    List<String> names =
        Stream.concat(
                Stream.of(spec.append().name()),
                spec.dimensions().stream().map(DimensionSpec::name))
            .toList();
    return Stream.iterate(0, d -> d < lengths.size(), d -> d + 1)
        .map(d -> names.get(d) + " " + lengths.get(d))
        .collect(Collectors.joining(" × "));
  }
}
