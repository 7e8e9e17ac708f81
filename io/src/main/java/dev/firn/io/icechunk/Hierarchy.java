package dev.firn.io.icechunk;

import dev.firn.io.icechunk.format.Node;
import dev.firn.io.icechunk.format.NodePath;
import dev.firn.io.icechunk.format.Snapshot;
import java.util.ArrayList;
import java.util.Comparator;
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
    return created.isPresent()
        ? created
        : changes.moved().original(path).flatMap(base::node).flatMap(changes::applied);
  }

  /** All nodes, in the order of their paths. */
  List<Node> nodes() {
    List<Node> nodes = new ArrayList<>(changes.created());
    for (Node node : base.nodes()) {
      changes.applied(node).ifPresent(nodes::add);
    }
    nodes.sort(Comparator.comparing(Node::path));
    return nodes;
  }

  /** The nodes at or below {@code path}, in the order of their paths. */
  List<Node> within(NodePath path) {
    return nodes().stream().filter(node -> node.path().isWithin(path)).toList();
  }
}
