package dev.firn.io.icechunk.format;

import java.util.Comparator;

/**
 * A node that a transaction moved.
 *
 * @param from the path in the parent snapshot
 * @param to the path in the transaction's snapshot
 * @param id the node
 * @param type its type
 */
public record Move(NodePath from, NodePath to, NodeId id, NodeType type) {
  /** Each path directly before what is below it, as in transaction logs. */
  public static final Comparator<Move> BY_TARGET =
      (left, right) -> NodePath.BY_SEGMENT.compare(left.to, right.to);

  /** What a node is. */
  public enum NodeType {
    /** A group. */
    GROUP,
    /** An array. */
    ARRAY
  }
}
