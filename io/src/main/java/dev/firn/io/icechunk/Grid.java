package dev.firn.io.icechunk;

import dev.firn.io.icechunk.format.ChunkIndex;
import dev.firn.io.icechunk.format.ChunkRange;
import dev.firn.io.icechunk.format.Dimension;
import dev.firn.io.icechunk.format.Node.ArrayNode;
import java.util.ArrayList;
import java.util.List;

/** The chunk grid of an array. */
final class Grid {
  private Grid() {}

  static Extents of(ArrayNode array) {
    List<ChunkRange> ranges = new ArrayList<>();
    for (Dimension dimension : array.dimensions()) {
      ranges.add(new ChunkRange(0, dimension.chunks()));
    }
    return new Extents(ranges);
  }

  static boolean contains(ArrayNode array, ChunkIndex index) {
    return index.rank() == array.dimensions().size() && of(array).contains(index);
  }

  /** Throws when an array, whose grid is {@code grid}, cannot have such a chunk. */
  static void require(ArrayNode array, Extents grid, ChunkChange change) {
    ChunkIndex index = change.index();
    if (index.rank() != grid.ranges().size() || !grid.contains(index)) {
      throw new IllegalArgumentException(
          "Chunk " + index + " is outside of array '" + array.path() + "'");
    }
    if (change.ref().isPresent() && change.ref().get().lengthBytes() == 0) {
      throw new IllegalArgumentException(
          "Chunk " + index + " of array '" + array.path() + "' has no bytes: delete it instead");
    }
  }
}
