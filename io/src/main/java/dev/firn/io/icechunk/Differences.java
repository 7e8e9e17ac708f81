package dev.firn.io.icechunk;

import dev.firn.io.icechunk.format.SnapshotId;
import dev.firn.io.icechunk.format.SnapshotInfo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads what changed between snapshots from the transaction logs of those in between.
 *
 * @param files the repository
 * @param history its snapshots
 */
record Differences(RepositoryFiles files, History history) {

  Diff between(SnapshotId from, SnapshotId to) throws IOException {
    DiffCollector collector = new DiffCollector();
    for (SnapshotInfo snapshot : after(from, to)) {
      for (SnapshotId pruned : snapshot.prunedLogs()) {
        // Older implementations delete these logs: then nobody knows that part of the change.
        files.transactionLog(pruned).ifPresent(collector::add);
      }
      collector.add(
          files
              .transactionLog(snapshot.id())
              .orElseThrow(() -> files.damaged(snapshot.id(), "its transaction log is missing")));
    }
    return collector.diff(files.snapshot(from).nodes(), files.snapshot(to).nodes());
  }

  /** The snapshots after {@code from} up to {@code to}, the oldest first. */
  private List<SnapshotInfo> after(SnapshotId from, SnapshotId to) throws IOException {
    List<SnapshotInfo> later = new ArrayList<>();
    for (SnapshotInfo snapshot : history.ancestry(to)) {
      if (snapshot.id().equals(from)) {
        return later;
      }
      later.add(0, snapshot);
    }
    throw new IllegalArgumentException(
        "Cannot compare snapshots: " + from + " is not in the history of " + to);
  }
}
