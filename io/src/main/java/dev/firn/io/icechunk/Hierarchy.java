package dev.firn.io.icechunk;

import dev.firn.io.icechunk.format.Node;
import dev.firn.io.icechunk.format.NodePath;
import dev.firn.io.icechunk.format.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The nodes of a session: those of its snapshot with its changes.
 *
 * @param base the snapshot
 * @param changes what the session changed
 */
record Hierarchy(Snapshot base, ChangeSet changes) {

  Optional<Node> node(NodePath path) {
    Optional<Node> created = changes.created(path);
    if (created.isPresent()) {
      return created;
    }
    Optional<NodePath> original = changes.moved().original(path);
    Optional<Node> before = original.isEmpty() ? Optional.empty() : base.node(original.get());
    return before.isEmpty() ? before : changes.applied(before.get());
  }

  /** All nodes, in the order of their paths. */
  List<Node> nodes() {
    List<Node> nodes = new ArrayList<>(changes.created());
    for (Node node : base.nodes()) {
      Optional<Node> now = changes.applied(node);
      if (now.isPresent()) {
        nodes.add(now.get());
      }
    }
    nodes.sort(Node.BY_PATH);
    return nodes;
  }

  /** The nodes at or below {@code path}, in the order of their paths. */
  List<Node> within(NodePath path) {
    return nodes().stream().filter(node -> node.path().isWithin(path)).toList();
  }
}
