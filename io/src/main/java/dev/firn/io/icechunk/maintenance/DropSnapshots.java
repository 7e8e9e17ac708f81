package dev.firn.io.icechunk.maintenance;

import dev.firn.io.icechunk.RepoChange;
import dev.firn.io.icechunk.format.RepoInfo;
import dev.firn.io.icechunk.format.SnapshotId;
import dev.firn.io.icechunk.format.SnapshotInfo;
import dev.firn.io.icechunk.format.UpdateType;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Takes snapshots out of the repo info file before their files are deleted: from then on nobody can
 * find them there.
 *
 * @param known all snapshots that were there when garbage was looked for
 * @param dropped those of them that are to go
 */
record DropSnapshots(Set<SnapshotId> known, Set<SnapshotId> dropped) implements RepoChange {

  /** A branch, a tag or a new snapshot is at one that was to go: everything is to be done again. */
  static final class HistoryMoved extends RuntimeException {
    private static final long serialVersionUID = 1L;

    HistoryMoved(SnapshotId snapshot) {
      super("snapshot " + snapshot + " is in use again");
    }
  }

  @Override
  public Changed apply(RepoInfo now) {
    requireUnused(now);
    SnapshotTree tree = new SnapshotTree(now.snapshots());
    SortedMap<SnapshotId, SnapshotInfo> after = new TreeMap<>();
    for (SnapshotInfo snapshot : now.snapshots().values()) {
      if (!dropped.contains(snapshot.id())) {
        after.put(snapshot.id(), withoutDroppedParent(snapshot, tree));
      }
    }
    return new Changed(now.withSnapshots(now.refs(), after), new UpdateType.GarbageCollected());
  }

  private void requireUnused(RepoInfo now) {
    Set<SnapshotId> used = new HashSet<>(now.refs().branches().values());
    used.addAll(now.refs().tags().values());
    now.snapshots().values().stream()
        .filter(snapshot -> !known.contains(snapshot.id()))
        .forEach(snapshot -> snapshot.parent().ifPresent(used::add));
    for (SnapshotId id : used) {
      if (dropped.contains(id)) {
        throw new HistoryMoved(id);
      }
    }
  }

  private SnapshotInfo withoutDroppedParent(SnapshotInfo snapshot, SnapshotTree tree) {
    if (snapshot.parent().filter(dropped::contains).isEmpty()) {
      return snapshot;
    }
    SnapshotInfo moved = tree.withParent(snapshot, ancestor -> !dropped.contains(ancestor));
    boolean initialStays =
        tree.snapshots().containsKey(SnapshotId.INITIAL) && !dropped.contains(SnapshotId.INITIAL);
    return moved.parent().isEmpty() && initialStays ? afterInitial(moved) : moved;
  }

  private static SnapshotInfo afterInitial(SnapshotInfo snapshot) {
    return new SnapshotInfo(
        snapshot.id(),
        Optional.of(SnapshotId.INITIAL),
        snapshot.flushedAt(),
        snapshot.message(),
        snapshot.metadata(),
        snapshot.prunedLogs());
  }
}
