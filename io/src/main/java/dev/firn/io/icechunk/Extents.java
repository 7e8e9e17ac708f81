package dev.firn.io.icechunk;

import dev.firn.io.icechunk.format.ChunkIndex;
import dev.firn.io.icechunk.format.ChunkRange;
import java.util.ArrayList;
import java.util.List;

/**
 * A box of chunks.
 *
 * @param ranges its edges, one a dimension; none for the one chunk of a scalar
 */
record Extents(List<ChunkRange> ranges) {
  /** How much of a box another one has. */
  enum Overlap {
    NONE,
    PARTIAL,
    COMPLETE
  }

  Extents {
    ranges = List.copyOf(ranges);
  }

  boolean contains(ChunkIndex index) {
    for (int i = 0; i < ranges.size(); i++) {
      if (!ranges.get(i).contains(index.coordinate(i))) {
        return false;
      }
    }
    return true;
  }

  /** How much of this box is in {@code outer}. */
  Overlap within(Extents outer) {
    Overlap overlap = Overlap.COMPLETE;
    for (int i = 0; i < ranges.size(); i++) {
      ChunkRange mine = ranges.get(i);
      ChunkRange other = outer.ranges.get(i);
      if (other.to() <= mine.from() || other.from() >= mine.to()) {
        return Overlap.NONE;
      }
      if (other.from() > mine.from() || other.to() < mine.to()) {
        overlap = Overlap.PARTIAL;
      }
    }
    return overlap;
  }

  /** Grows to the smallest box around chunks. */
  static final class Around {
    private long[] from = {};
    private long[] to = {};
    private boolean empty = true;

    void add(ChunkIndex index) {
      if (empty) {
        from = new long[index.rank()];
        to = new long[index.rank()];
      }
      for (int i = 0; i < from.length; i++) {
        long at = index.coordinate(i);
        from[i] = empty ? at : Math.min(from[i], at);
        to[i] = empty ? at + 1 : Math.max(to[i], at + 1);
      }
      empty = false;
    }

    Extents box() {
      List<ChunkRange> ranges = new ArrayList<>();
      for (int i = 0; i < from.length; i++) {
        ranges.add(new ChunkRange(from[i], to[i]));
      }
      return new Extents(ranges);
    }
  }
}
