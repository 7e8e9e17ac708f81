package dev.firn.io.icechunk;

import dev.firn.io.icechunk.format.ChunkIndex;
import dev.firn.io.icechunk.format.Move;
import dev.firn.io.icechunk.format.NodeChanges;
import dev.firn.io.icechunk.format.NodeId;
import dev.firn.io.icechunk.format.NodePath;
import dev.firn.io.icechunk.format.SnapshotId;
import dev.firn.io.icechunk.format.TransactionLog;
import dev.firn.io.icechunk.format.TransactionLogWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Makes the transaction log of a commit from what a session changed. */
final class TransactionFiles {
  private TransactionFiles() {}

  /** The file of the log of {@code changes}. */
  static byte[] file(SnapshotId id, ChangeSet changes, int zstdLevel) {
    return file(id, changes.nodeChanges(), changes.moved().list(), chunks(changes), zstdLevel);
  }

  /** The file of the log of {@code changes} on top of those of {@code before}, in one. */
  static byte[] amended(SnapshotId id, TransactionLog before, ChangeSet changes, int zstdLevel) {
    NodeChanges nodes = merged(before.nodes(), changes.nodeChanges());
    SortedMap<NodeId, List<ChunkIndex>> chunks = chunks(changes);
    for (NodeId array : before.arraysWithUpdatedChunks()) {
      List<ChunkIndex> earlier = before.updatedChunks(array);
      chunks.merge(array, earlier, (ours, theirs) -> PackedIndexes.union(List.of(ours, theirs)));
    }
    SortedSet<NodeId> gone = goneWithin(before.nodes(), changes.nodeChanges());
    chunks.keySet().removeAll(gone);
    chunks.keySet().removeAll(nodes.deletedArrays());
    return file(id, nodes, mergedMoves(before, changes, nodes), chunks, zstdLevel);
  }

  private static byte[] file(
      SnapshotId id,
      NodeChanges nodes,
      List<Move> moves,
      SortedMap<NodeId, List<ChunkIndex>> chunks,
      int zstdLevel) {
    TransactionLogWriter writer = new TransactionLogWriter(id, nodes, moves);
    for (Map.Entry<NodeId, List<ChunkIndex>> array : chunks.entrySet()) {
      for (ChunkIndex index : array.getValue()) {
        writer.addUpdatedChunk(array.getKey(), index);
      }
    }
    return writer.finish(zstdLevel);
  }

  /** The chunks set or deleted, of each array ascending. */
  static SortedMap<NodeId, List<ChunkIndex>> chunks(ChangeSet changes) {
    SortedMap<NodeId, List<ChunkIndex>> chunks = new TreeMap<>();
    for (NodeId array : changes.arraysWithChunks()) {
      List<List<ChunkIndex>> lists = new ArrayList<>();
      changes.chunks(array).ifPresent(table -> lists.add(table.indexes()));
      changes.written(array).ifPresent(parts -> lists.addAll(parts.changed()));
      chunks.put(array, PackedIndexes.union(lists));
    }
    return chunks;
  }

  /** Two transactions as one: a node is at most once in it, as what it is after both. */
  private static NodeChanges merged(NodeChanges first, NodeChanges second) {
    return new NodeChanges(
        minus(union(first.newGroups(), second.newGroups()), second.deletedGroups()),
        minus(union(first.newArrays(), second.newArrays()), second.deletedArrays()),
        minus(union(first.deletedGroups(), second.deletedGroups()), first.newGroups()),
        minus(union(first.deletedArrays(), second.deletedArrays()), first.newArrays()),
        minus(
            minus(union(first.updatedGroups(), second.updatedGroups()), first.newGroups()),
            second.deletedGroups()),
        minus(
            minus(union(first.updatedArrays(), second.updatedArrays()), first.newArrays()),
            second.deletedArrays()));
  }

  /** The arrays that the first transaction created and the second deleted. */
  private static SortedSet<NodeId> goneWithin(NodeChanges first, NodeChanges second) {
    SortedSet<NodeId> gone = new TreeSet<>(first.newArrays());
    gone.retainAll(second.deletedArrays());
    return gone;
  }

  private static List<Move> mergedMoves(
      TransactionLog before, ChangeSet changes, NodeChanges nodes) {
    Map<NodeId, NodePath> origins = new HashMap<>();
    Map<NodeId, Move> moves = new HashMap<>();
    for (Move move : before.moves()) {
      origins.put(move.id(), move.from());
      moves.put(move.id(), move);
    }
    for (Move move : changes.moved().list()) {
      NodePath from = origins.getOrDefault(move.id(), move.from());
      moves.put(move.id(), new Move(from, move.to(), move.id(), move.type()));
    }
    return moves.values().stream()
        .filter(move -> !move.from().equals(move.to()))
        .filter(move -> !nodes.newGroups().contains(move.id()))
        .filter(move -> !nodes.newArrays().contains(move.id()))
        .sorted(Move.BY_TARGET)
        .toList();
  }

  private static SortedSet<NodeId> union(SortedSet<NodeId> left, SortedSet<NodeId> right) {
    SortedSet<NodeId> union = new TreeSet<>(left);
    union.addAll(right);
    return union;
  }

  private static SortedSet<NodeId> minus(SortedSet<NodeId> left, SortedSet<NodeId> right) {
    SortedSet<NodeId> rest = new TreeSet<>(left);
    rest.removeAll(right);
    return rest;
  }
}
