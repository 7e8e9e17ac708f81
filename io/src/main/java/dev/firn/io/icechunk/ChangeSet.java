package dev.firn.io.icechunk;

import dev.firn.io.icechunk.format.Move;
import dev.firn.io.icechunk.format.Node;
import dev.firn.io.icechunk.format.Node.ArrayNode;
import dev.firn.io.icechunk.format.Node.GroupNode;
import dev.firn.io.icechunk.format.NodeChanges;
import dev.firn.io.icechunk.format.NodeId;
import dev.firn.io.icechunk.format.NodePath;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a session changed since its snapshot. A session either moves nodes or does everything else.
 * Not safe for use by many threads.
 */
final class ChangeSet {
  private final SortedMap<NodePath, Node> created = new TreeMap<>();
  private final Map<NodeId, Node> updated = new HashMap<>();
  private final Map<NodeId, Node> deleted = new HashMap<>();
  private final SortedMap<NodeId, ChunkTable> chunks = new TreeMap<>();
  private final SortedMap<NodeId, WrittenParts> written = new TreeMap<>();
  private final MovedNodes moved = new MovedNodes();

  boolean isEmpty() {
    return created.isEmpty()
        && updated.isEmpty()
        && deleted.isEmpty()
        && chunks.isEmpty()
        && written.isEmpty()
        && moved.isEmpty();
  }

  /** A node that did not exist before. */
  void create(Node node) {
    requireNoMoves();
    created.put(node.path(), node);
  }

  /** A node with another metadata document. */
  void update(Node node) {
    requireNoMoves();
    if (isNew(node)) {
      created.put(node.path(), node);
    } else {
      updated.put(node.id(), node);
    }
  }

  /** Removes one node; not what is below it. */
  void delete(Node node) {
    requireNoMoves();
    updated.remove(node.id());
    chunks.remove(node.id());
    written.remove(node.id());
    if (isNew(node)) {
      created.remove(node.path());
    } else {
      deleted.put(node.id(), node);
    }
  }

  /** Sets or deletes a chunk of an array with {@code rank} dimensions. */
  void setChunk(NodeId array, int rank, ChunkChange change) {
    requireNoMoves();
    chunks.computeIfAbsent(array, id -> new ChunkTable(rank)).put(change);
  }

  /** Takes over manifests that other workers wrote for the session. */
  void setWritten(NodeId array, WrittenManifest part) {
    requireNoMoves();
    written.computeIfAbsent(array, id -> new WrittenParts()).add(part);
  }

  void move(NodePath from, NodePath to, List<Node> subtree) {
    if (!(isEmpty() || !moved.isEmpty())) {
      throw new IllegalStateException(
          "Cannot move '" + from + "': the session has other changes, commit them first");
    }
    moved.move(from, to, subtree);
  }

  private void requireNoMoves() {
    if (!moved.isEmpty()) {
      throw new IllegalStateException(
          "Cannot change the repository in a session that moved nodes: commit it first");
    }
  }

  boolean isNew(Node node) {
    Node there = created.get(node.path());
    return there != null && there.id().equals(node.id());
  }

  /** A node of the session's snapshot as it is now; empty when it was deleted. */
  Optional<Node> applied(Node base) {
    if (deleted.containsKey(base.id())) {
      return Optional.empty();
    }
    return Optional.of(moved.moved(withNewDocument(base)));
  }

  private Node withNewDocument(Node base) {
    Node now = updated.get(base.id());
    if (now instanceof ArrayNode array && base instanceof ArrayNode before) {
      return new ArrayNode(
          base.id(),
          base.path(),
          array.userData(),
          array.dimensions(),
          before.manifests(),
          base.extra());
    }
    return now == null ? base : new GroupNode(base.id(), base.path(), now.userData(), base.extra());
  }

  Optional<Node> created(NodePath path) {
    return Optional.ofNullable(created.get(path));
  }

  Collection<Node> created() {
    return Collections.unmodifiableCollection(created.values());
  }

  Collection<Node> updated() {
    return Collections.unmodifiableCollection(updated.values());
  }

  Collection<Node> deleted() {
    return Collections.unmodifiableCollection(deleted.values());
  }

  boolean isUpdated(NodeId id) {
    return updated.containsKey(id);
  }

  MovedNodes moved() {
    return moved;
  }

  /** The chunks of an array that were set or deleted; empty when there are none. */
  Optional<ChunkTable> chunks(NodeId array) {
    ChunkTable table = chunks.get(array);
    return table == null || table.size() == 0 ? Optional.empty() : Optional.of(table);
  }

  /** The manifests that were written for an array outside of the session. */
  Optional<WrittenParts> written(NodeId array) {
    return Optional.ofNullable(written.get(array));
  }

  /** As above, as a list. */
  List<WrittenManifest> writtenManifests(NodeId array) {
    return written(array).map(WrittenParts::all).orElse(List.of());
  }

  /** Forgets the manifests that were written for an array outside of the session. */
  void dropWritten(NodeId array) {
    written.remove(array);
  }

  /** The arrays of which chunks were set or deleted, ascending. */
  SortedSet<NodeId> arraysWithChunks() {
    SortedSet<NodeId> arrays = new TreeSet<>(written.keySet());
    for (Map.Entry<NodeId, ChunkTable> array : chunks.entrySet()) {
      if (array.getValue().size() > 0) {
        arrays.add(array.getKey());
      }
    }
    return arrays;
  }

  /** The nodes, as a transaction log lists them. */
  NodeChanges nodeChanges() {
    return new NodeChanges(
        ids(created.values(), Move.NodeType.GROUP),
        ids(created.values(), Move.NodeType.ARRAY),
        ids(deleted.values(), Move.NodeType.GROUP),
        ids(deleted.values(), Move.NodeType.ARRAY),
        ids(updated.values(), Move.NodeType.GROUP),
        ids(updated.values(), Move.NodeType.ARRAY));
  }

  private static SortedSet<NodeId> ids(Collection<Node> nodes, Move.NodeType type) {
    SortedSet<NodeId> ids = new TreeSet<>();
    for (Node node : nodes) {
      if (MovedNodes.type(node) == type) {
        ids.add(node.id());
      }
    }
    return ids;
  }
}
