package dev.firn.update;

import dev.firn.dataset.ChunkSizes;
import dev.firn.dataset.DatasetSpec;
import dev.firn.dataset.DimensionSpec;
import dev.firn.dataset.StoredSize;
import java.util.List;

/**
 * The memory that a region job needs, which gathers and writes one variable at a time.
 *
 * @param gatheredBytes the values of a variable in one region, in whole chunk columns, if every
 *     step has some; what exceeds the budget of {@code --memory} lies in scratch files instead
 * @param perThreadBytes what each thread has in hand: a decoded field, or a chunk column and a
 *     chunk before and after encoding
 * @param shardBytes a shard that waits for its last chunk, before compression: the most that it can
 *     take
 */
public record RegionMemory(long gatheredBytes, long perThreadBytes, long shardBytes) {

  /** The needs of a dataset's largest variable. */
  public static RegionMemory of(DatasetSpec spec) {
    ChunkSizes sizes = spec.chunkSizes();
    List<DimensionSpec> dimensions = spec.dimensions();
    long steps = sizes.appendShardLength();
    for (DimensionSpec inner : spec.innerDimensions()) {
      steps *= inner.length();
    }
    int rows = dimensions.size() - 2;
    int columns = dimensions.size() - 1;
    int chunkRows = sizes.chunk().get(rows + 1);
    int chunkColumns = sizes.chunk().get(columns + 1);
    long points =
        wholeChunks(dimensions.get(rows), chunkRows)
            * wholeChunks(dimensions.get(columns), chunkColumns);
    long field = (long) spec.rows().length() * spec.columns().length();
    long column = steps * chunkRows * chunkColumns;
    long chunk = sizes.chunk().stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b);
    return new RegionMemory(
        steps * points * Float.BYTES,
        Math.max(field, column + 2 * chunk) * Float.BYTES,
        spec.variables().stream()
            .mapToLong(variable -> StoredSize.of(spec, variable).shardBytes())
            .max()
            .orElse(0));
  }

  private static long wholeChunks(DimensionSpec dimension, int chunk) {
    return (long) (dimension.length() + chunk - 1) / chunk * chunk;
  }
}
