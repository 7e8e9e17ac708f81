package dev.firn.io.icechunk;

import dev.firn.io.icechunk.format.Snapshot;
import dev.firn.io.icechunk.format.SnapshotId;
import dev.firn.io.icechunk.format.TransactionLog;
import dev.firn.io.object.ClockDrift;
import java.io.IOException;

/**
 * Commits the changes of a session (specification, "Write New Snapshot"): writes all files, then
 * puts the snapshot at the end of the branch. Where others committed meanwhile, it does that on top
 * of their commits.
 */
final class Committer {
  private final RepositoryFiles files;
  private final RepositorySettings settings;
  private final Flush flush;

  Committer(RepositoryFiles files, RepositorySettings settings, Flush flush) {
    this.files = files;
    this.settings = settings;
    this.flush = flush;
  }

  /** Commits {@code changes}, made on top of {@code base}: the new snapshot. */
  Snapshot commit(Snapshot base, ChangeSet changes, String branch, CommitRequest request)
      throws IOException {
    requirePossible(base, changes, request);
    Snapshot now = base;
    for (int rebases = 0; ; rebases++) {
      History others;
      SnapshotId id = SnapshotId.random(settings.random());
      // The first thing that is put: a host whose clock is wrong leaves nothing behind.
      ClockDrift.put(
          settings.clock(),
          files.store(),
          RepositoryFiles.path(RepositoryFiles.TRANSACTIONS, id),
          log(id, now, changes, request));
      Snapshot snapshot = flush.write(id, now, changes, request);
      try {
        new RepoUpdates(files, settings)
            .apply(
                new CommitChange(
                    branch, now.id(), snapshot, request.amend(), !changes.moved().isEmpty()));
        return snapshot;
      } catch (CommitChange.TipMoved moved) {
        if (request.rebase().isEmpty() || rebases == request.rebases()) {
          throw new ConflictException("Cannot commit: " + moved.getMessage());
        }
        others = new RepoHistory(moved.now());
      }
      now = new Rebase(files, changes, now).onto(others, branch, request.rebase().get());
    }
  }

  private static void requirePossible(Snapshot base, ChangeSet changes, CommitRequest request) {
    if (changes.isEmpty() && !request.allowEmpty()) {
      throw new IllegalStateException(
          "Cannot commit: the session changed nothing since " + base.id());
    }
    if (request.amend() && base.id().equals(SnapshotId.INITIAL)) {
      throw new IllegalStateException("Cannot amend the commit that created the repository");
    }
  }

  private byte[] log(SnapshotId id, Snapshot base, ChangeSet changes, CommitRequest request)
      throws IOException {
    int level = flush.zstdLevel();
    if (!request.amend()) {
      return TransactionFiles.file(id, changes, level);
    }
    TransactionLog before =
        files
            .transactionLog(base.id())
            .orElseThrow(() -> files.damaged(base.id(), "its transaction log is missing"));
    if (!before.moves().isEmpty() && changes.moved().isEmpty() && !changes.isEmpty()) {
      throw new IllegalStateException(
          "Cannot amend " + base.id() + ": it moved nodes, so only moves can be added to it");
    }
    return TransactionFiles.amended(id, before, changes, level);
  }
}
