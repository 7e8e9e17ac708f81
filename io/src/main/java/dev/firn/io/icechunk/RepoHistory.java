package dev.firn.io.icechunk;

import dev.firn.io.icechunk.format.RepoInfo;
import dev.firn.io.icechunk.format.SnapshotId;
import dev.firn.io.icechunk.format.SnapshotInfo;
import java.util.Optional;
import java.util.SortedMap;

/** The history that a repo info file has. */
record RepoHistory(RepoInfo info) implements History {
  @Override
  public SortedMap<String, SnapshotId> branches() {
    return info.refs().branches();
  }

  @Override
  public SortedMap<String, SnapshotId> tags() {
    return info.refs().tags();
  }

  @Override
  public Optional<SnapshotInfo> snapshot(SnapshotId id) {
    return Optional.ofNullable(info.snapshots().get(id));
  }
}
