package dev.firn.io.icechunk.maintenance;

import dev.firn.io.icechunk.format.SnapshotId;
import dev.firn.io.icechunk.format.SnapshotInfo;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Predicate;

/**
 * The snapshots of a repository, each with the one before it.
 *
 * @param snapshots all of them; every parent is among them
 */
record SnapshotTree(SortedMap<SnapshotId, SnapshotInfo> snapshots) {

  /** A snapshot and all before it, the newest first. */
  List<SnapshotInfo> ancestry(SnapshotId from) {
    List<SnapshotInfo> ancestry = new ArrayList<>();
    Optional<SnapshotId> next = Optional.of(from);
    while (next.isPresent()) {
      SnapshotInfo snapshot = snapshots.get(next.get());
      ancestry.add(snapshot);
      next = snapshot.parent();
    }
    return ancestry;
  }

  /** The ancestries of all {@code tips} together. */
  Set<SnapshotId> reachable(Collection<SnapshotId> tips) {
    Set<SnapshotId> reachable = new HashSet<>();
    for (SnapshotId tip : tips) {
      Optional<SnapshotId> next = Optional.of(tip);
      while (next.isPresent() && reachable.add(next.get())) {
        next = snapshots.get(next.get()).parent();
      }
    }
    return reachable;
  }

  /**
   * A snapshot whose parent is the nearest ancestor that is {@code eligible}, none when no ancestor
   * is. It carries the transaction logs of those between, so that its change from its parent stays
   * known (specification, {@code pruned_ancestor_tx_logs}).
   */
  SnapshotInfo withParent(SnapshotInfo snapshot, Predicate<SnapshotId> eligible) {
    List<SnapshotId> logs = new ArrayList<>(snapshot.prunedLogs());
    Optional<SnapshotId> parent = snapshot.parent();
    while (parent.isPresent() && !eligible.test(parent.get())) {
      SnapshotInfo between = snapshots.get(parent.get());
      logs.add(0, between.id());
      logs.addAll(0, between.prunedLogs());
      parent = between.parent();
    }
    return new SnapshotInfo(
        snapshot.id(), parent, snapshot.flushedAt(), snapshot.message(), snapshot.metadata(), logs);
  }
}
