package dev.firn.io.icechunk.format;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Vectors of tables by array: {@code ArrayManifest} and {@code ArrayUpdatedChunks}, which begin
 * alike.
 */
final class NodeTables {
  private static final int NODE_ID = 0;
  private static final int ENTRIES = 1;

  private final SortedMap<NodeId, FlatVector> entries = new TreeMap<>();

  /** Reads and checks the arrays, their order, and the order of what they have. */
  NodeTables(FlatVector arrays) {
    for (int i = 0; i < arrays.count(); i++) {
      FlatTable array = arrays.table(i);
      NodeId id = array.nodeId(NODE_ID);
      if (!entries.isEmpty() && entries.lastKey().compareTo(id) >= 0) {
        throw arrays.bytes().corrupt("array " + id + " after " + entries.lastKey());
      }
      FlatVector vector = array.pointers(ENTRIES);
      new ChunkIndexes(vector).check();
      entries.put(id, vector);
    }
  }

  List<NodeId> nodes() {
    return List.copyOf(entries.keySet());
  }

  Optional<FlatVector> of(NodeId node) {
    return Optional.ofNullable(entries.get(node));
  }

  Iterable<FlatVector> all() {
    return entries.values();
  }
}
