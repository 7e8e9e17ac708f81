package dev.firn.io.icechunk.format;

import java.util.SortedMap;
import java.util.SortedSet;

/**
 * The branches and tags of a repository.
 *
 * @param branches the snapshot of each branch
 * @param tags the snapshot of each tag
 * @param deletedTags names that are never tags again
 */
public record Refs(
    SortedMap<String, SnapshotId> branches,
    SortedMap<String, SnapshotId> tags,
    SortedSet<String> deletedTags) {
  /** Copies the collections. */
  public Refs {
    branches = Sorted.byUtf8(branches);
    tags = Sorted.byUtf8(tags);
    deletedTags = Sorted.byUtf8(deletedTags);
  }
}
