package dev.firn.io.icechunk;

import dev.firn.io.Origin;
import dev.firn.io.icechunk.format.Bytes;
import dev.firn.io.icechunk.format.Node;
import dev.firn.io.icechunk.format.Node.ArrayNode;
import dev.firn.io.icechunk.format.Node.GroupNode;
import dev.firn.io.icechunk.format.NodeId;
import dev.firn.io.icechunk.format.NodePath;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Creates, changes, deletes and moves the nodes of a session.
 *
 * @param hierarchy the nodes and where changes go
 * @param random makes ids
 */
record NodeEdits(Hierarchy hierarchy, RandomGenerator random) {

  /** Creates a node, or gives it another metadata document. */
  void setMetadata(NodePath path, Bytes document) {
    Optional<Node> now = hierarchy.node(path);
    NodeId id = now.isPresent() ? now.get().id() : NodeId.random(random);
    Node wanted = node(id, path, document);
    if (now.isEmpty()) {
      requireNoArrayAbove(path);
      hierarchy.changes().create(wanted);
    } else if ((now.get() instanceof ArrayNode) != (wanted instanceof ArrayNode)) {
      throw new IllegalStateException(
          "Cannot replace a group by an array or the reverse at '" + path + "': delete it first");
    } else if (!now.get().userData().equals(document)) {
      hierarchy.changes().update(wanted);
    }
  }

  private static Node node(NodeId id, NodePath path, Bytes document) {
    Origin origin = Origin.of(path + "/" + ZarrKey.DOCUMENT);
    Optional<ArrayDocument> array = ArrayDocument.parse(document, origin);
    return array.isPresent()
        ? new ArrayNode(id, path, document, array.get().dimensions(), List.of())
        : new GroupNode(id, path, document);
  }

  private void requireNoArrayAbove(NodePath path) {
    Optional<NodePath> above = path.parent();
    while (above.isPresent()) {
      if (hierarchy.node(above.get()).orElse(null) instanceof ArrayNode) {
        throw new IllegalArgumentException(
            "Cannot create '" + path + "': '" + above.get() + "' is an array");
      }
      above = above.get().parent();
    }
  }

  /** Deletes a node and all below it; nothing happens when there is none. */
  void delete(NodePath path) {
    if (hierarchy.node(path).isPresent()) {
      hierarchy.within(path).forEach(hierarchy.changes()::delete);
    }
  }

  /** Moves a node and all below it. */
  void move(NodePath from, NodePath to) {
    Optional<Node> group = to.parent().flatMap(hierarchy::node);
    boolean possible =
        hierarchy.node(from).isPresent()
            && hierarchy.node(to).isEmpty()
            && group.filter(GroupNode.class::isInstance).isPresent()
            && !to.isWithin(from);
    if (!possible) {
      throw new IllegalArgumentException(
          "Cannot move '"
              + from
              + "' to '"
              + to
              + "': there must be a node, none there yet, and a group around that is not moved");
    }
    hierarchy.changes().move(from, to, hierarchy.within(from));
  }
}
