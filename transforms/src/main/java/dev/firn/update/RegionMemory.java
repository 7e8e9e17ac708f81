package dev.firn.update;

import dev.firn.dataset.ChunkSizes;
import dev.firn.dataset.DatasetSpec;
import dev.firn.dataset.DimensionSpec;
import java.util.List;

/**
 * The memory that a region job needs for values, which it gathers one variable at a time.
 *
 * @param gatheredBytes the values of the largest variable in one region, in whole chunk columns;
 *     what exceeds the budget of {@code --memory} lies in scratch files instead
 * @param perThreadBytes what each thread has in hand besides: a decoded field, or a chunk and its
 *     encoding
 */
public record RegionMemory(long gatheredBytes, long perThreadBytes) {

  /** The needs of a dataset whose regions are whole. */
  public static RegionMemory of(DatasetSpec spec) {
    ChunkSizes sizes = spec.chunkSizes();
    List<DimensionSpec> dimensions = spec.dimensions();
    long steps = sizes.appendShardLength();
    for (DimensionSpec inner : spec.innerDimensions()) {
      steps *= inner.length();
    }
    int grid = dimensions.size() - 2;
    long points =
        wholeChunks(dimensions.get(grid), sizes.chunk().get(grid + 1))
            * wholeChunks(dimensions.get(grid + 1), sizes.chunk().get(grid + 2));
    long chunk = sizes.chunk().stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b);
    long field = (long) spec.rows().length() * spec.columns().length();
    return new RegionMemory(steps * points * Float.BYTES, Math.max(field, 2 * chunk) * Float.BYTES);
  }

  private static long wholeChunks(DimensionSpec dimension, int chunk) {
    return (long) (dimension.length() + chunk - 1) / chunk * chunk;
  }
}
