package dev.firn.io.icechunk;

import dev.firn.io.icechunk.format.ChunkIndex;
import dev.firn.io.icechunk.format.ChunkRange;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * How the chunk grid of an array is cut into parts, each with a manifest of its own. Parts are
 * numbered in the order of their chunks, the last dimension fastest.
 *
 * @param dimensions the cuts along each dimension
 */
record ManifestSplits(List<Cuts> dimensions) {

  /**
   * The cuts along one dimension: parts of equal size, the last may be smaller.
   *
   * @param chunks the number of chunks
   * @param size the number of chunks of a part
   */
  record Cuts(long chunks, long size) {
    Cuts {
      if (size < 1) {
        throw new IllegalArgumentException("Invalid manifest split size " + size);
      }
    }

    long parts() {
      return (chunks + size - 1) / size;
    }

    ChunkRange range(long part) {
      return new ChunkRange(part * size, Math.min(chunks, (part + 1) * size));
    }
  }

  ManifestSplits {
    dimensions = List.copyOf(dimensions);
  }

  /** The part that {@code index} is in; empty when it is outside of the grid. */
  OptionalLong part(ChunkIndex index) {
    long part = 0;
    for (int i = 0; i < dimensions.size(); i++) {
      Cuts cuts = dimensions.get(i);
      if (index.coordinate(i) >= cuts.chunks()) {
        return OptionalLong.empty();
      }
      part = part * cuts.parts() + index.coordinate(i) / cuts.size();
    }
    return OptionalLong.of(part);
  }

  Extents extents(long part) {
    ChunkRange[] ranges = new ChunkRange[dimensions.size()];
    long rest = part;
    for (int i = ranges.length - 1; i >= 0; i--) {
      Cuts cuts = dimensions.get(i);
      ranges[i] = cuts.range(rest % cuts.parts());
      rest /= cuts.parts();
    }
    return new Extents(List.of(ranges));
  }

  /** The parts that have chunks of {@code box}, ascending. */
  List<Long> partsOf(Extents box) {
    List<Long> parts = List.of(0L);
    for (int i = 0; i < dimensions.size(); i++) {
      Cuts cuts = dimensions.get(i);
      ChunkRange range = box.ranges().get(i);
      long end = Math.min(range.to(), cuts.chunks());
      List<Long> finer = new ArrayList<>();
      for (long part : parts) {
        long after = range.from() < end ? (end - 1) / cuts.size() + 1 : 0;
        for (long at = range.from() / cuts.size(); at < after; at++) {
          finer.add(part * cuts.parts() + at);
        }
      }
      parts = finer;
    }
    return parts;
  }
}
