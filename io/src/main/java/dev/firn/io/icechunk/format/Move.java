package dev.firn.io.icechunk.format;

/**
 * A node that a transaction moved.
 *
 * @param from the path in the parent snapshot
 * @param to the path in the transaction's snapshot
 * @param id the node
 * @param type its type
 */
public record Move(NodePath from, NodePath to, NodeId id, NodeType type) {
  /** What a node is. */
  public enum NodeType {
    /** A group. */
    GROUP,
    /** An array. */
    ARRAY
  }
}
