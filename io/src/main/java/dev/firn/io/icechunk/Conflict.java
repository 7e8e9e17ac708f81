package dev.firn.io.icechunk;

import dev.firn.io.icechunk.format.ChunkIndex;
import dev.firn.io.icechunk.format.NodePath;
import java.util.List;

/** Why the changes of a session do not fit on top of what others committed meanwhile. */
public sealed interface Conflict {
  /** The node concerned, as the session knows it. */
  NodePath path();

  /** Both created a node here. */
  record NodeExists(NodePath path) implements Conflict {}

  /** The session created a node below this one, which is an array or is no more. */
  record NewNodeInInvalidGroup(NodePath path) implements Conflict {}

  /** The session deleted a group in which others created this node. */
  record NewNodeInDeletedGroup(NodePath path) implements Conflict {}

  /** Both changed the node's metadata document. */
  record MetadataUpdatedTwice(NodePath path) implements Conflict {}

  /** The session changed the metadata document of a node that others deleted. */
  record MetadataOfDeletedNode(NodePath path) implements Conflict {}

  /**
   * Both set or deleted the same chunks.
   *
   * @param chunks all of them, ascending
   */
  record ChunksUpdatedTwice(NodePath path, List<ChunkIndex> chunks) implements Conflict {
    /** Copies the list. */
    public ChunksUpdatedTwice {
      chunks = List.copyOf(chunks);
    }
  }

  /** The session changed chunks of an array that others deleted. */
  record ChunksOfDeletedArray(NodePath path) implements Conflict {}

  /** The session changed chunks of an array whose metadata document others changed. */
  record ChunksOfUpdatedArray(NodePath path) implements Conflict {}

  /** The session deleted an array that others changed. */
  record DeleteOfUpdatedArray(NodePath path) implements Conflict {}

  /** The session deleted a group whose metadata document others changed. */
  record DeleteOfUpdatedGroup(NodePath path) implements Conflict {}

  /** One of them moved nodes, which cannot be combined with other changes of the hierarchy. */
  record NodesMoved(NodePath path) implements Conflict {}
}
