package dev.firn.io.icechunk.format;

import java.util.Collections;
import java.util.SortedSet;

/**
 * The nodes that a transaction changed.
 *
 * @param newGroups groups it created
 * @param newArrays arrays it created
 * @param deletedGroups groups it deleted
 * @param deletedArrays arrays it deleted
 * @param updatedGroups groups whose {@code zarr.json} it changed
 * @param updatedArrays arrays whose {@code zarr.json} it changed
 */
public record NodeChanges(
    SortedSet<NodeId> newGroups,
    SortedSet<NodeId> newArrays,
    SortedSet<NodeId> deletedGroups,
    SortedSet<NodeId> deletedArrays,
    SortedSet<NodeId> updatedGroups,
    SortedSet<NodeId> updatedArrays) {
  /** No changes. */
  public static final NodeChanges NONE = none();

  /** Copies the sets. */
  public NodeChanges {
    newGroups = Sorted.of(newGroups);
    newArrays = Sorted.of(newArrays);
    deletedGroups = Sorted.of(deletedGroups);
    deletedArrays = Sorted.of(deletedArrays);
    updatedGroups = Sorted.of(updatedGroups);
    updatedArrays = Sorted.of(updatedArrays);
  }

  private static NodeChanges none() {
    SortedSet<NodeId> empty = Collections.emptySortedSet();
    return new NodeChanges(empty, empty, empty, empty, empty, empty);
  }
}
