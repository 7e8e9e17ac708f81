package dev.firn.io.icechunk;

import dev.firn.io.icechunk.RepoChange.Changed;
import dev.firn.io.icechunk.format.Refs;
import dev.firn.io.icechunk.format.RepoInfo;
import dev.firn.io.icechunk.format.Snapshot;
import dev.firn.io.icechunk.format.SnapshotId;
import dev.firn.io.icechunk.format.SnapshotInfo;
import dev.firn.io.icechunk.format.UpdateType;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Puts a snapshot at the end of a branch that still ends where the session began.
 *
 * @param branch the branch
 * @param base where the session began
 * @param snapshot the new snapshot
 * @param amend whether it replaces {@code base} instead of following it
 * @param moves whether nodes were moved
 */
record CommitChange(String branch, SnapshotId base, Snapshot snapshot, boolean amend, boolean moves)
    implements RepoChange {

  /** The branch has other commits than the session knows. */
  static final class TipMoved extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient RepoInfo now;

    TipMoved(String branch, SnapshotId tip, SnapshotId base, RepoInfo now) {
      super("branch '" + branch + "' is at " + tip + ", expected " + base);
      this.now = now;
    }

    /** The repository with these commits. */
    RepoInfo now() {
      return now;
    }
  }

  @Override
  public Changed apply(RepoInfo now) {
    if (moves) {
      WritePermission.require(now, WritePermission.Feature.MOVE_NODE);
    }
    SnapshotId tip =
        RefChanges.branch(now, branch)
            .orElseThrow(
                () ->
                    new ConflictException(
                        "Cannot commit: there is no branch '" + branch + "' (any more)"));
    if (!tip.equals(base)) {
      throw new TipMoved(branch, tip, base, now);
    }
    SortedMap<SnapshotId, SnapshotInfo> snapshots = new TreeMap<>(now.snapshots());
    snapshots.put(snapshot.id(), info(now.snapshots().get(base)));
    Refs refs = RefChanges.refsWithBranch(now, branch, snapshot.id());
    return new Changed(now.withSnapshots(refs, snapshots), update());
  }

  private UpdateType update() {
    return amend
        ? new UpdateType.CommitAmended(branch, base, snapshot.id())
        : new UpdateType.NewCommit(branch, snapshot.id());
  }

  private SnapshotInfo info(SnapshotInfo baseInfo) {
    return info(
        snapshot,
        amend ? baseInfo.parent() : Optional.of(base),
        amend ? baseInfo.prunedLogs() : List.of());
  }

  /** A snapshot file as the repo info file lists it. */
  static SnapshotInfo info(
      Snapshot snapshot, Optional<SnapshotId> parent, List<SnapshotId> prunedLogs) {
    return new SnapshotInfo(
        snapshot.id(),
        parent,
        snapshot.flushedAt(),
        snapshot.message(),
        snapshot.metadata(),
        prunedLogs);
  }
}
