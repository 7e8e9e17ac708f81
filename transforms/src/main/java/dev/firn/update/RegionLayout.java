package dev.firn.update;

import dev.firn.dataset.DatasetSpec;
import java.util.List;

/**
 * How the values of one variable in one region are cut. Values stand in chunk columns: all steps
 * (append position × lead time) of the region at the points of one spatial chunk, step after step.
 * So what runs along the lead times finds its values in one array, and an inner chunk is a run of
 * whole steps.
 */
final class RegionLayout {
  final Region region;
  final int positions;
  final int leads;
  final int rows;
  final int columns;
  private final List<Integer> chunk;
  private final List<Integer> shard;

  RegionLayout(DatasetSpec spec, Region region) {
    this.region = region;
    this.positions = region.length();
    this.leads = spec.leadTimes().length();
    this.rows = spec.rows().length();
    this.columns = spec.columns().length();
    this.chunk = spec.chunkSizes().chunk();
    this.shard = spec.chunkSizes().shard();
  }

  /** Steps of the region. */
  int steps() {
    return positions * leads;
  }

  int step(int position, int lead) {
    return position * leads + lead;
  }

  int chunkRows() {
    return chunk.get(2);
  }

  int chunkColumns() {
    return chunk.get(3);
  }

  /** Points of a spatial chunk. */
  int cells() {
    return chunkRows() * chunkColumns();
  }

  int rowChunks() {
    return ceilDiv(rows, chunkRows());
  }

  int columnChunks() {
    return ceilDiv(columns, chunkColumns());
  }

  /** Spatial chunks, and so chunk columns; row after row. */
  int chunkColumnCount() {
    return rowChunks() * columnChunks();
  }

  /** Values of one inner chunk, its part beyond the array's edge included. */
  int chunkValues() {
    return chunk.get(0) * chunk.get(1) * cells();
  }

  /**
   * Inner chunks of one chunk column, numbered along append positions, then lead times.
   *
   * @param first the number of the chunk along the append dimension within the region
   * @param second its number along the lead times
   */
  record OuterChunk(int first, int second) {}

  int appendChunks() {
    return ceilDiv(positions, chunk.get(0));
  }

  int leadChunks() {
    return ceilDiv(leads, chunk.get(1));
  }

  /**
   * Copies an inner chunk's values out of a column's; where the chunk reaches beyond the region,
   * {@code target} keeps its own.
   */
  void copyChunk(float[] column, OuterChunk outer, float[] target) {
    forEachStep(
        outer,
        (step, plane) ->
            System.arraycopy(column, step * cells(), target, plane * cells(), cells()));
  }

  /** Calls {@code visitor} for every step of an inner chunk that lies in the region. */
  void forEachStep(OuterChunk outer, StepVisitor visitor) {
    for (int p = 0; p < chunk.get(0); p++) {
      int position = outer.first() * chunk.get(0) + p;
      for (int l = 0; l < chunk.get(1); l++) {
        int lead = outer.second() * chunk.get(1) + l;
        if (position < positions && lead < leads) {
          visitor.visit(step(position, lead), p * chunk.get(1) + l);
        }
      }
    }
  }

  /** Sees a step of the region and its place within an inner chunk. */
  interface StepVisitor {
    void visit(int step, int plane);
  }

  int shardRows() {
    return ceilDiv(rows, shard.get(2));
  }

  int shardColumns() {
    return ceilDiv(columns, shard.get(3));
  }

  int leadShards() {
    return ceilDiv(leads, shard.get(1));
  }

  /** How many inner chunks a shard has along a dimension. */
  int chunksPerShard(int dimension) {
    return shard.get(dimension) / chunk.get(dimension);
  }

  /** The shard that holds an inner chunk of a chunk column. */
  long[] shardOf(OuterChunk outer, int column) {
    return new long[] {
      region.index(),
      outer.second() / chunksPerShard(1),
      column / columnChunks() / chunksPerShard(2),
      column % columnChunks() / chunksPerShard(3)
    };
  }

  /** The number of an inner chunk of a chunk column within its shard, in C order. */
  int innerIndexOf(OuterChunk outer, int column) {
    int index = outer.first();
    index = index * chunksPerShard(1) + outer.second() % chunksPerShard(1);
    index = index * chunksPerShard(2) + column / columnChunks() % chunksPerShard(2);
    return index * chunksPerShard(3) + column % columnChunks() % chunksPerShard(3);
  }

  private static int ceilDiv(int number, int divisor) {
    return (number + divisor - 1) / divisor;
  }
}
