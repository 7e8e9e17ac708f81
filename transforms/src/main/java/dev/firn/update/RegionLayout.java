package dev.firn.update;

import dev.firn.dataset.ArchiveSteps;
import dev.firn.dataset.DatasetSpec;
import dev.firn.dataset.DimensionSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How the values of one variable lie in a region job's memory and in its chunks.
 *
 * <p>A <b>step</b> is one field: an append position, and one of the steps at that position. Steps
 * of the whole processing region are numbered, position after position. A <b>chunk column</b> is
 * one spatial chunk of all steps. Its inner chunks, those of the region only, are numbered in C
 * order of the dimensions before the grid's.
 */
final class RegionLayout {
  final Region region;
  final Region processing;
  final ArchiveSteps steps;
  final int rows;
  final int columns;
  private final int outerRank;
  private final int[] lengths;
  private final int[] chunk;
  private final int[] shard;

  RegionLayout(DatasetSpec spec, RegionJob job) {
    this.region = job.region();
    this.processing = job.processing();
    this.steps = spec.steps();
    this.rows = spec.rows().length();
    this.columns = spec.columns().length();
    List<Integer> all = new ArrayList<>(List.of(region.length()));
    spec.dimensions().stream().map(DimensionSpec::length).forEach(all::add);
    this.lengths = ints(all);
    this.chunk = ints(spec.chunkSizes().chunk());
    this.shard = ints(spec.chunkSizes().shard());
    this.outerRank = lengths.length - 2;
  }

  private static int[] ints(List<Integer> values) {
    return values.stream().mapToInt(Integer::intValue).toArray();
  }

  /** Steps of the processing region. */
  int stepCount() {
    return processing.length() * steps.perPosition();
  }

  /** The number of a step: {@code index} of those at {@code position} of the archive. */
  int step(long position, int index) {
    return Math.toIntExact(position - processing.start()) * steps.perPosition() + index;
  }

  /** The append position of a step in the archive. */
  long positionOf(int step) {
    return processing.start() + step / steps.perPosition();
  }

  int chunkRows() {
    return chunk[outerRank];
  }

  int chunkColumns() {
    return chunk[outerRank + 1];
  }

  /** Points of a spatial chunk. */
  int cells() {
    return chunkRows() * chunkColumns();
  }

  int columnChunks() {
    return chunks(outerRank + 1);
  }

  /** Spatial chunks, and so chunk columns; row after row. */
  int chunkColumnCount() {
    return chunks(outerRank) * columnChunks();
  }

  /** Values of one inner chunk, its part beyond the array's edge included. */
  int chunkValues() {
    int values = 1;
    for (int length : chunk) {
      values = Math.multiplyExact(values, length);
    }
    return values;
  }

  /** Inner chunks of one chunk column. */
  int outerChunks() {
    int count = 1;
    for (int dimension = 0; dimension < outerRank; dimension++) {
      count *= chunks(dimension);
    }
    return count;
  }

  private int[] outerChunk(int number) {
    int[] place = new int[outerRank];
    int rest = number;
    for (int dimension = outerRank - 1; dimension >= 0; dimension--) {
      place[dimension] = rest % chunks(dimension);
      rest /= chunks(dimension);
    }
    return place;
  }

  /**
   * Copies an inner chunk's values out of a column's; where the chunk reaches beyond the region,
   * {@code target} keeps its own.
   */
  void copyChunk(float[] column, int outer, float[] target) {
    forEachStep(
        outer,
        (step, plane) ->
            System.arraycopy(column, step * cells(), target, plane * cells(), cells()));
  }

  /** Calls {@code visitor} for every step of an inner chunk that lies in the region. */
  void forEachStep(int outer, StepVisitor visitor) {
    int[] place = outerChunk(outer);
    int planes = 1;
    for (int dimension = 0; dimension < outerRank; dimension++) {
      planes *= chunk[dimension];
    }
    for (int plane = 0; plane < planes; plane++) {
      int step = step(place, plane);
      if (step >= 0) {
        visitor.visit(step, plane);
      }
    }
  }

  /** The step at a plane of an inner chunk, −1 beyond the region. */
  private int step(int[] place, int plane) {
    int index = 0;
    int stride = 1;
    int rest = plane;
    for (int dimension = outerRank - 1; dimension >= 0; dimension--) {
      int at = place[dimension] * chunk[dimension] + rest % chunk[dimension];
      if (at >= lengths[dimension]) {
        return -1;
      }
      if (dimension == 0) {
        return step(region.start() + at, index);
      }
      index += at * stride;
      stride *= lengths[dimension];
      rest /= chunk[dimension];
    }
    throw new IllegalStateException("Cannot number steps: there is no append dimension");
  }

  /** Sees a step and its place within an inner chunk. */
  interface StepVisitor {
    void visit(int step, int plane);
  }

  /** Shards of the region that lie over each other at one place of the grid. */
  int outerShards() {
    int count = 1;
    for (int dimension = 1; dimension < outerRank; dimension++) {
      count *= ceilDiv(lengths[dimension], shard[dimension]);
    }
    return count;
  }

  /** Which of those shards holds an inner chunk. */
  int outerShardOf(int outer) {
    int[] place = outerChunk(outer);
    int number = 0;
    for (int dimension = 1; dimension < outerRank; dimension++) {
      number =
          number * ceilDiv(lengths[dimension], shard[dimension])
              + place[dimension] / chunksPerShard(dimension);
    }
    return number;
  }

  /** Shards over the grid. */
  int spatialShards() {
    return ceilDiv(rows, shard[outerRank]) * ceilDiv(columns, shard[outerRank + 1]);
  }

  /** Which of those, row after row, holds a chunk column. */
  int spatialShardOf(int column) {
    return column
            / columnChunks()
            / chunksPerShard(outerRank)
            * ceilDiv(columns, shard[outerRank + 1])
        + column % columnChunks() / chunksPerShard(outerRank + 1);
  }

  /** How many inner chunks a shard has. */
  int chunksPerShard() {
    int count = 1;
    for (int dimension = 0; dimension < shard.length; dimension++) {
      count *= chunksPerShard(dimension);
    }
    return count;
  }

  private int chunksPerShard(int dimension) {
    return shard[dimension] / chunk[dimension];
  }

  /** The shard that holds an inner chunk of a chunk column, by its place along all dimensions. */
  long[] shardOf(int outer, int column) {
    int[] place = place(outer, column);
    long[] shards = new long[place.length];
    for (int dimension = 0; dimension < place.length; dimension++) {
      shards[dimension] = place[dimension] / chunksPerShard(dimension);
    }
    shards[0] = region.index();
    return shards;
  }

  /** The number of an inner chunk of a chunk column within its shard, in C order. */
  int innerIndexOf(int outer, int column) {
    int[] place = place(outer, column);
    int index = 0;
    for (int dimension = 0; dimension < place.length; dimension++) {
      index = index * chunksPerShard(dimension) + place[dimension] % chunksPerShard(dimension);
    }
    return index;
  }

  private int[] place(int outer, int column) {
    int[] place = Arrays.copyOf(outerChunk(outer), lengths.length);
    place[outerRank] = column / columnChunks();
    place[outerRank + 1] = column % columnChunks();
    return place;
  }

  private int chunks(int dimension) {
    return ceilDiv(lengths[dimension], chunk[dimension]);
  }

  private static int ceilDiv(int number, int divisor) {
    return (number + divisor - 1) / divisor;
  }
}
