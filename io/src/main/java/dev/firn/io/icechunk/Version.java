package dev.firn.io.icechunk;

import dev.firn.io.icechunk.format.SnapshotId;
import java.time.Instant;

/** A way to name a snapshot. */
public sealed interface Version {
  /** The last snapshot of a branch. */
  record OfBranch(String name) implements Version {}

  /** The snapshot of a tag. */
  record OfTag(String name) implements Version {}

  /** The snapshot itself. */
  record OfSnapshot(SnapshotId id) implements Version {}

  /** The last snapshot of a branch that is not younger than a time. */
  record AsOf(String branch, Instant time) implements Version {}

  /** The last snapshot of a branch. */
  static Version branch(String name) {
    return new OfBranch(name);
  }

  /** The snapshot of a tag. */
  static Version tag(String name) {
    return new OfTag(name);
  }

  /** The snapshot itself. */
  static Version snapshot(SnapshotId id) {
    return new OfSnapshot(id);
  }

  /** The last snapshot of a branch that is not younger than a time. */
  static Version asOf(String branch, Instant time) {
    return new AsOf(branch, time);
  }
}
