package dev.firn.io.icechunk;

import dev.firn.io.icechunk.format.ChunkIndex;
import dev.firn.io.icechunk.format.Node;
import dev.firn.io.icechunk.format.NodeId;
import dev.firn.io.icechunk.format.NodePath;
import dev.firn.io.icechunk.format.Snapshot;
import dev.firn.io.icechunk.format.SnapshotId;
import dev.firn.io.icechunk.format.SnapshotInfo;
import dev.firn.io.icechunk.format.TransactionLog;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts a session's changes on top of what others committed meanwhile: as they are when nothing
 * conflicts, or as a policy solves it.
 *
 * @param files the repository
 * @param changes what the session changed
 * @param base where it began
 */
record Rebase(RepositoryFiles files, ChangeSet changes, Snapshot base) {

  /**
   * Goes to the end of a branch.
   *
   * @return the snapshot that the changes are on top of now
   * @throws ConflictException naming all conflicts that the policy does not solve; then nothing is
   *     changed
   */
  Snapshot onto(History history, String branch, ConflictPolicy policy) throws IOException {
    SnapshotId tip = history.resolve(Version.branch(branch));
    List<Conflict> conflicts = new ArrayList<>();
    for (SnapshotInfo theirs : newer(history, tip)) {
      for (TransactionLog log : logs(theirs)) {
        conflicts.addAll(new ConflictDetector(changes, base, log, theirs.id(), files).conflicts());
      }
    }
    List<Conflict> unsolved =
        conflicts.stream().filter(conflict -> !policy.solves(conflict)).toList();
    if (!unsolved.isEmpty()) {
      throw new ConflictException(
          "Cannot commit to branch '" + branch + "' on top of " + tip, unsolved);
    }
    if (policy.chunks() == ConflictPolicy.ChunkWinner.THEIRS) {
      dropOurs(conflicts);
    }
    return files.snapshot(tip);
  }

  /** What was committed after the session began, the oldest first. */
  private List<SnapshotInfo> newer(History history, SnapshotId tip) throws IOException {
    List<SnapshotInfo> newer = new ArrayList<>();
    for (SnapshotInfo snapshot : history.ancestry(tip)) {
      if (snapshot.id().equals(base.id())) {
        return newer;
      }
      newer.add(0, snapshot);
    }
    throw new ConflictException(
        "Cannot commit on top of "
            + tip
            + ": the branch was reset or amended, snapshot "
            + base.id()
            + " is not in its history any more");
  }

  /** All transactions that made a snapshot of its parent. */
  private List<TransactionLog> logs(SnapshotInfo snapshot) throws IOException {
    List<TransactionLog> logs = new ArrayList<>();
    List<SnapshotId> ids = new ArrayList<>(snapshot.prunedLogs());
    ids.add(snapshot.id());
    for (SnapshotId id : ids) {
      logs.add(
          files
              .transactionLog(id)
              .orElseThrow(
                  () ->
                      files.damaged(
                          snapshot.id(),
                          "its transaction log " + id + " is missing, so is what it changed")));
    }
    return logs;
  }

  private void dropOurs(List<Conflict> conflicts) throws IOException {
    Map<NodePath, NodeId> ids = new HashMap<>();
    for (Node node : new Hierarchy(base, changes).nodes()) {
      ids.put(node.path(), node.id());
    }
    for (Conflict conflict : conflicts) {
      if (conflict instanceof Conflict.ChunksUpdatedTwice both) {
        NodeId array = ids.get(both.path());
        new WrittenChunks(files, changes).dissolve(array, both.chunks().get(0).rank());
        for (ChunkIndex index : both.chunks()) {
          changes.chunks(array).ifPresent(table -> table.drop(index));
        }
      }
    }
  }
}
