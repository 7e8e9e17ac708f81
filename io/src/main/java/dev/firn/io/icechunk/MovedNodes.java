package dev.firn.io.icechunk;

import dev.firn.io.icechunk.format.Move;
import dev.firn.io.icechunk.format.Node;
import dev.firn.io.icechunk.format.Node.ArrayNode;
import dev.firn.io.icechunk.format.NodeId;
import dev.firn.io.icechunk.format.NodePath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which nodes a session moved: of each where it was before the session, and where it is. */
final class MovedNodes {
  private final Map<NodeId, Move> byId = new HashMap<>();
  private final Map<NodePath, NodePath> fromByTo = new HashMap<>();
  private final Map<NodePath, NodeId> byFrom = new HashMap<>();

  boolean isEmpty() {
    return byId.isEmpty();
  }

  /** Moves {@code subtree}, all nodes that are now at or below {@code from}. */
  void move(NodePath from, NodePath to, List<Node> subtree) {
    for (Node node : subtree) {
      String below = node.path().value().substring(from.value().length());
      NodePath newPath = new NodePath(to.value() + below);
      NodePath original =
          Optional.ofNullable(byId.get(node.id())).map(Move::from).orElse(node.path());
      byId.put(node.id(), new Move(original, newPath, node.id(), type(node)));
    }
    byId.values().removeIf(move -> move.from().equals(move.to()));
    fromByTo.clear();
    byFrom.clear();
    byId.values().forEach(move -> fromByTo.put(move.to(), move.from()));
    byId.values().forEach(move -> byFrom.put(move.from(), move.id()));
  }

  static Move.NodeType type(Node node) {
    return node instanceof ArrayNode ? Move.NodeType.ARRAY : Move.NodeType.GROUP;
  }

  /** Where the node now at {@code path} was before; empty when what was there has gone. */
  Optional<NodePath> original(NodePath path) {
    NodePath from = fromByTo.get(path);
    if (from != null) {
      return Optional.of(from);
    }
    return byFrom.containsKey(path) ? Optional.empty() : Optional.of(path);
  }

  /** The node where it is now. */
  Node moved(Node node) {
    Move move = byId.get(node.id());
    return move == null ? node : node.withPath(move.to());
  }

  /** All moves, each path directly before what is below it. */
  List<Move> list() {
    List<Move> moves = new ArrayList<>(byId.values());
    moves.sort(Move.BY_TARGET);
    return moves;
  }
}
