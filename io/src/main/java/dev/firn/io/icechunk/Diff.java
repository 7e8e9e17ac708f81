package dev.firn.io.icechunk;

import dev.firn.io.icechunk.format.ChunkIndex;
import dev.firn.io.icechunk.format.Move;
import dev.firn.io.icechunk.format.NodePath;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * What changed from one snapshot to a later one.
 *
 * @param newGroups groups that were created
 * @param newArrays arrays that were created
 * @param deletedGroups groups that were deleted
 * @param deletedArrays arrays that were deleted
 * @param updatedGroups groups whose metadata document was changed
 * @param updatedArrays arrays whose metadata document was changed
 * @param updatedChunks chunks that were set or deleted, of each array ascending
 * @param moves nodes that were moved, in the order of the commits
 */
public record Diff(
    SortedSet<NodePath> newGroups,
    SortedSet<NodePath> newArrays,
    SortedSet<NodePath> deletedGroups,
    SortedSet<NodePath> deletedArrays,
    SortedSet<NodePath> updatedGroups,
    SortedSet<NodePath> updatedArrays,
    SortedMap<NodePath, List<ChunkIndex>> updatedChunks,
    List<Move> moves) {

  /** Whether nothing changed. */
  public boolean isEmpty() {
    return newGroups.isEmpty()
        && newArrays.isEmpty()
        && deletedGroups.isEmpty()
        && deletedArrays.isEmpty()
        && updatedGroups.isEmpty()
        && updatedArrays.isEmpty()
        && updatedChunks.isEmpty()
        && moves.isEmpty();
  }
}
