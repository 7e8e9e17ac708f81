package dev.firn.io.icechunk.format;

import java.util.Optional;

/** The kinds of operations on a repository (specification, {@code UpdateType}). */
public sealed interface UpdateType {
  /** The repository was created. */
  record RepoInitialized() implements UpdateType {}

  /** The repository's files were rewritten for another version of the specification. */
  record RepoMigrated(int fromVersion, int toVersion) implements UpdateType {}

  /** The configuration was changed. */
  record ConfigChanged() implements UpdateType {}

  /** The repository's metadata was changed. */
  record MetadataChanged() implements UpdateType {}

  /** A tag was created. */
  record TagCreated(String name) implements UpdateType {}

  /** A tag was deleted. */
  record TagDeleted(String name, SnapshotId previous) implements UpdateType {}

  /** A branch was created. */
  record BranchCreated(String name) implements UpdateType {}

  /** A branch was deleted. */
  record BranchDeleted(String name, SnapshotId previous) implements UpdateType {}

  /** A branch was set to another snapshot. */
  record BranchReset(String name, SnapshotId previous) implements UpdateType {}

  /** A snapshot was committed to a branch. */
  record NewCommit(String branch, SnapshotId snapshot) implements UpdateType {}

  /** The last snapshot of a branch was replaced. */
  record CommitAmended(String branch, SnapshotId previous, SnapshotId snapshot)
      implements UpdateType {}

  /** A snapshot was written that no branch points to. */
  record NewDetachedSnapshot(SnapshotId snapshot) implements UpdateType {}

  /** Objects that nothing refers to were deleted. */
  record GarbageCollected() implements UpdateType {}

  /** Old snapshots were expired. */
  record Expired() implements UpdateType {}

  /** A feature flag was set, or set back to its default when there is no new value. */
  record FeatureFlagChanged(int id, Optional<Boolean> newValue) implements UpdateType {}

  /** The availability was changed. */
  record StatusChanged(RepoStatus status) implements UpdateType {}
}
