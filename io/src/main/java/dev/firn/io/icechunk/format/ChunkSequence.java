package dev.firn.io.icechunk.format;

import java.util.ArrayList;
import java.util.List;

/** What belongs to chunks of several arrays, added in the order of (node, index). */
final class ChunkSequence {
  private static final int NODE_ID = 0;
  private static final int ENTRIES = 1;

  private final List<ArrayEntries> arrays = new ArrayList<>();
  private ChunkIndex last = ChunkIndex.of();
  private long count;

  private record ArrayEntries(NodeId node, Positions positions) {}

  /** Where the position of what belongs to the next chunk is to be added. */
  Positions next(NodeId node, ChunkIndex index) {
    ArrayEntries current = arrays.isEmpty() ? null : arrays.get(arrays.size() - 1);
    int order = current == null ? -1 : current.node.compareTo(node);
    if (order > 0 || (order == 0 && last.compareTo(index) >= 0)) {
      throw new IllegalArgumentException(
          "Chunk " + index + " of " + node + " added after " + last + " of " + current.node);
    }
    if (order < 0) {
      current = new ArrayEntries(node, new Positions());
      arrays.add(current);
    }
    last = index;
    count++;
    return current.positions;
  }

  long count() {
    return count;
  }

  /** The vector of tables, each with this many fields, of which the first two are written. */
  int write(FlatWriter out, int fields) {
    Positions tables = new Positions();
    for (ArrayEntries array : arrays) {
      int entries = out.pointers(array.positions);
      tables.add(
          out.table(fields).pointer(ENTRIES, entries).struct(NODE_ID, array.node.bytes()).end());
    }
    return out.pointers(tables);
  }
}
