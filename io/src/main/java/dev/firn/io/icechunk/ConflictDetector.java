package dev.firn.io.icechunk;

import dev.firn.io.icechunk.Conflict.ChunksOfDeletedArray;
import dev.firn.io.icechunk.Conflict.ChunksOfUpdatedArray;
import dev.firn.io.icechunk.Conflict.ChunksUpdatedTwice;
import dev.firn.io.icechunk.Conflict.DeleteOfUpdatedArray;
import dev.firn.io.icechunk.Conflict.DeleteOfUpdatedGroup;
import dev.firn.io.icechunk.Conflict.MetadataOfDeletedNode;
import dev.firn.io.icechunk.Conflict.MetadataUpdatedTwice;
import dev.firn.io.icechunk.Conflict.NewNodeInDeletedGroup;
import dev.firn.io.icechunk.Conflict.NewNodeInInvalidGroup;
import dev.firn.io.icechunk.Conflict.NodeExists;
import dev.firn.io.icechunk.Conflict.NodesMoved;
import dev.firn.io.icechunk.format.ChunkIndex;
import dev.firn.io.icechunk.format.Node;
import dev.firn.io.icechunk.format.Node.ArrayNode;
import dev.firn.io.icechunk.format.NodeChanges;
import dev.firn.io.icechunk.format.NodeId;
import dev.firn.io.icechunk.format.NodePath;
import dev.firn.io.icechunk.format.Snapshot;
import dev.firn.io.icechunk.format.SnapshotId;
import dev.firn.io.icechunk.format.TransactionLog;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds what of a session's changes does not fit on top of a commit of others, from the commit's
 * transaction log.
 *
 * @param ours what the session changed
 * @param base the snapshot it began at
 * @param theirs the log of the commit
 * @param made the snapshot that the commit made
 * @param files where it is; it is read only where nodes were created or groups deleted
 */
record ConflictDetector(
    ChangeSet ours, Snapshot base, TransactionLog theirs, SnapshotId made, RepositoryFiles files) {

  /** All conflicts; none when the changes fit. */
  List<Conflict> conflicts() throws IOException {
    List<Conflict> conflicts = moves();
    if (conflicts.isEmpty()) {
      newNodes(conflicts);
      documents(conflicts);
      chunks(conflicts);
      deletions(conflicts);
    }
    return conflicts;
  }

  private List<Conflict> moves() {
    List<Conflict> conflicts = new ArrayList<>();
    NodeChanges nodes = theirs.nodes();
    boolean hierarchyChanged =
        !(nodes.newGroups().isEmpty()
            && nodes.newArrays().isEmpty()
            && nodes.deletedGroups().isEmpty()
            && nodes.deletedArrays().isEmpty());
    theirs.moves().forEach(move -> conflicts.add(new NodesMoved(move.from())));
    if (hierarchyChanged) {
      ours.moved().list().forEach(move -> conflicts.add(new NodesMoved(move.from())));
    }
    return conflicts;
  }

  private void newNodes(List<Conflict> conflicts) throws IOException {
    if (ours.created().isEmpty()) {
      return;
    }
    Snapshot after = files.snapshot(made);
    Set<NodePath> replaced = new HashSet<>();
    ours.deleted().forEach(node -> replaced.add(node.path()));
    for (Node node : ours.created()) {
      if (!replaced.contains(node.path()) && after.node(node.path()).isPresent()) {
        conflicts.add(new NodeExists(node.path()));
      }
      Optional<NodePath> group = node.path().parent();
      while (group.isPresent()) {
        if (!replaced.contains(group.get()) && isInvalidGroup(group.get(), after)) {
          conflicts.add(new NewNodeInInvalidGroup(group.get()));
        }
        group = group.get().parent();
      }
    }
  }

  /** Whether there is an array instead of a group now, or no group any more. */
  private boolean isInvalidGroup(NodePath path, Snapshot after) {
    Optional<Node> now = after.node(path);
    boolean gone = now.isEmpty() && base.node(path).isPresent();
    return now.filter(ArrayNode.class::isInstance).isPresent()
        || (gone && ours.created(path).isEmpty());
  }

  private void documents(List<Conflict> conflicts) {
    for (Node node : ours.updated()) {
      if (isUpdated(node.id())) {
        conflicts.add(new MetadataUpdatedTwice(node.path()));
      }
      if (isDeleted(node.id())) {
        conflicts.add(new MetadataOfDeletedNode(node.path()));
      }
    }
  }

  private void chunks(List<Conflict> conflicts) {
    Map<NodeId, NodePath> paths = new HashMap<>();
    new Hierarchy(base, ours).nodes().forEach(node -> paths.put(node.id(), node.path()));
    for (NodeId array : ours.arraysWithChunks()) {
      NodePath path = paths.get(array);
      if (isDeleted(array)) {
        conflicts.add(new ChunksOfDeletedArray(path));
      }
      if (isUpdated(array)) {
        conflicts.add(new ChunksOfUpdatedArray(path));
      }
      List<ChunkIndex> both = updatedByBoth(array);
      if (!both.isEmpty()) {
        conflicts.add(new ChunksUpdatedTwice(path, both));
      }
    }
  }

  private List<ChunkIndex> updatedByBoth(NodeId array) {
    List<ChunkIndex> updated = theirs.updatedChunks(array);
    List<ChunkIndex> both = new ArrayList<>();
    ours.chunks(array).ifPresent(table -> addShared(table.indexes(), updated, both));
    ours.written(array)
        .ifPresent(parts -> parts.changed().forEach(part -> addShared(part, updated, both)));
    return both;
  }

  /** Adds what both sorted lists have: looks each element of the shorter one up in the longer. */
  private static void addShared(
      List<ChunkIndex> left, List<ChunkIndex> right, List<ChunkIndex> shared) {
    List<ChunkIndex> shorter = left.size() < right.size() ? left : right;
    List<ChunkIndex> longer = left.size() < right.size() ? right : left;
    for (ChunkIndex index : shorter) {
      if (Collections.binarySearch(longer, index) >= 0) {
        shared.add(index);
      }
    }
  }

  private void deletions(List<Conflict> conflicts) throws IOException {
    for (Node node : ours.deleted()) {
      boolean array = node instanceof ArrayNode;
      if (array && (isUpdated(node.id()) || theirs.arraysWithUpdatedChunks().contains(node.id()))) {
        conflicts.add(new DeleteOfUpdatedArray(node.path()));
      }
      if (!array && isUpdated(node.id())) {
        conflicts.add(new DeleteOfUpdatedGroup(node.path()));
      }
      if (!array) {
        theirNewNodesWithin(node.path(), conflicts);
      }
    }
  }

  private void theirNewNodesWithin(NodePath group, List<Conflict> conflicts) throws IOException {
    NodeChanges nodes = theirs.nodes();
    for (Node node : files.snapshot(made).nodes()) {
      boolean isNew =
          nodes.newGroups().contains(node.id()) || nodes.newArrays().contains(node.id());
      if (isNew && node.path().isWithin(group) && !node.path().equals(group)) {
        conflicts.add(new NewNodeInDeletedGroup(node.path()));
      }
    }
  }

  private boolean isUpdated(NodeId id) {
    return theirs.nodes().updatedArrays().contains(id)
        || theirs.nodes().updatedGroups().contains(id);
  }

  private boolean isDeleted(NodeId id) {
    return theirs.nodes().deletedArrays().contains(id)
        || theirs.nodes().deletedGroups().contains(id);
  }
}
