package dev.firn.io.icechunk;

import dev.firn.io.icechunk.format.ChunkIndex;
import dev.firn.io.icechunk.format.Move;
import dev.firn.io.icechunk.format.Node;
import dev.firn.io.icechunk.format.NodeChanges;
import dev.firn.io.icechunk.format.NodeId;
import dev.firn.io.icechunk.format.NodePath;
import dev.firn.io.icechunk.format.TransactionLog;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Collects transactions and says what they changed, by the paths of the nodes. */
final class DiffCollector {
  private final List<NodeChanges> nodes = new ArrayList<>();
  private final Map<NodeId, List<List<ChunkIndex>>> chunks = new HashMap<>();
  private final List<Move> moves = new ArrayList<>();

  void add(TransactionLog log) {
    nodes.add(log.nodes());
    moves.addAll(log.moves());
    for (NodeId array : log.arraysWithUpdatedChunks()) {
      addChunks(array, log.updatedChunks(array));
    }
  }

  void add(ChangeSet changes) {
    nodes.add(changes.nodeChanges());
    moves.addAll(changes.moved().list());
    TransactionFiles.chunks(changes).forEach(this::addChunks);
  }

  private void addChunks(NodeId array, List<ChunkIndex> indexes) {
    chunks.computeIfAbsent(array, id -> new ArrayList<>()).add(indexes);
  }

  /** The changes of all nodes that are in one of the two hierarchies. */
  Diff diff(Collection<Node> from, Collection<Node> to) {
    Map<NodeId, NodePath> paths = new HashMap<>();
    from.forEach(node -> paths.put(node.id(), node.path()));
    to.forEach(node -> paths.put(node.id(), node.path()));
    return new Diff(
        paths(NodeChanges::newGroups, paths),
        paths(NodeChanges::newArrays, paths),
        paths(NodeChanges::deletedGroups, paths),
        paths(NodeChanges::deletedArrays, paths),
        paths(NodeChanges::updatedGroups, paths),
        paths(NodeChanges::updatedArrays, paths),
        updatedChunks(paths, to),
        List.copyOf(moves));
  }

  /**
   * The chunks by path; where there were two arrays one after the other, those of the later one.
   */
  private SortedMap<NodePath, List<ChunkIndex>> updatedChunks(
      Map<NodeId, NodePath> paths, Collection<Node> to) {
    SortedMap<NodePath, List<ChunkIndex>> updated = new TreeMap<>();
    Set<NodeId> there = to.stream().map(Node::id).collect(Collectors.toSet());
    chunks.forEach(
        (array, lists) -> {
          NodePath path = paths.get(array);
          if (path != null && (there.contains(array) || !updated.containsKey(path))) {
            updated.put(path, PackedIndexes.union(lists));
          }
        });
    return updated;
  }

  private SortedSet<NodePath> paths(
      Function<NodeChanges, SortedSet<NodeId>> kind, Map<NodeId, NodePath> paths) {
    SortedSet<NodePath> found = new TreeSet<>();
    for (NodeChanges changes : nodes) {
      for (NodeId id : kind.apply(changes)) {
        if (paths.containsKey(id)) {
          found.add(paths.get(id));
        }
      }
    }
    return found;
  }
}
