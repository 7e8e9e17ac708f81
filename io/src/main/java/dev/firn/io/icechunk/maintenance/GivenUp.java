package dev.firn.io.icechunk.maintenance;

import dev.firn.io.icechunk.Repository;
import dev.firn.io.icechunk.RepositoryFiles;
import dev.firn.io.icechunk.format.RepoInfo;
import dev.firn.io.icechunk.format.SnapshotId;
import dev.firn.io.icechunk.format.Update;
import dev.firn.io.icechunk.format.UpdateType;
import dev.firn.io.object.ObjectStat;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What branches and tags reached at some time since a limit, though they may not any more: sessions
 * that began after the limit may still read it. The copies of the repo info file tell.
 *
 * @param snapshots the snapshots
 * @param transactionLogs their transaction logs and those they carry
 */
record GivenUp(Set<SnapshotId> snapshots, Set<SnapshotId> transactionLogs) {

  static final GivenUp NOTHING = new GivenUp(Set.of(), Set.of());

  static GivenUp since(Instant limit, Repository repository) throws IOException {
    GivenUp givenUp = new GivenUp(new HashSet<>(), new HashSet<>());
    List<Update> updates = repository.operations();
    for (int i = 0; i + 1 < updates.size(); i++) {
      Optional<String> before = updates.get(i + 1).backupPath();
      if (givesUp(updates.get(i).type())
          && before.isPresent()
          && isSince(limit, updates.get(i), before.get(), repository)) {
        repository.files().overwritten(before.get()).ifPresent(givenUp::add);
      }
    }
    return givenUp;
  }

  private static boolean givesUp(UpdateType type) {
    return type instanceof UpdateType.BranchDeleted
        || type instanceof UpdateType.BranchReset
        || type instanceof UpdateType.TagDeleted
        || type instanceof UpdateType.CommitAmended
        || type instanceof UpdateType.Expired;
  }

  /**
   * Whether an update was made since the limit. It began with the copy of the file before, whose
   * time in the store tells; but there are stores whose copies keep the time of the original.
   */
  private static boolean isSince(Instant limit, Update update, String before, Repository repository)
      throws IOException {
    Optional<ObjectStat> copy =
        repository.files().store().stat(RepositoryFiles.OVERWRITTEN.resolve(before));
    return !update.at().isBefore(limit)
        || copy.filter(stat -> !stat.lastModified().isBefore(limit)).isPresent();
  }

  private void add(RepoInfo before) {
    List<SnapshotId> tips = new ArrayList<>(before.refs().branches().values());
    tips.addAll(before.refs().tags().values());
    SnapshotTree tree = new SnapshotTree(before.snapshots());
    for (SnapshotId id : tree.reachable(tips)) {
      snapshots.add(id);
      transactionLogs.add(id);
      transactionLogs.addAll(before.snapshots().get(id).prunedLogs());
    }
  }
}
