package dev.firn.io.icechunk.maintenance;

import static dev.firn.io.icechunk.RepositoryFiles.CHUNKS;
import static dev.firn.io.icechunk.RepositoryFiles.MANIFESTS;
import static dev.firn.io.icechunk.RepositoryFiles.SNAPSHOTS;
import static dev.firn.io.icechunk.RepositoryFiles.TRANSACTIONS;

import dev.firn.io.icechunk.ConflictException;
import dev.firn.io.icechunk.Repository;
import dev.firn.io.icechunk.RepositoryFiles;
import dev.firn.io.icechunk.format.ChunkId;
import dev.firn.io.icechunk.format.ManifestId;
import dev.firn.io.icechunk.format.RepoInfo;
import dev.firn.io.icechunk.format.SnapshotId;
import dev.firn.io.icechunk.maintenance.Sweep.Folder;
import dev.firn.io.object.ObjectStat;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Deletes chunks, manifests, transaction logs and snapshots that branches and tags do not reach.
 *
 * <p>Whatever is younger than a limit by the store's own dates stays, because a session may commit
 * it; and if sessions may be open, whatever branches and tags reached at some time since the limit
 * stays, because a session may read it. So a session that began after the limit loses nothing.
 *
 * <p>Snapshots leave the repo info file first, then objects are deleted in the order in which they
 * refer to each other: snapshots, transaction logs, manifests, chunks. A run that dies leaves
 * garbage, never a reference to something deleted; the next run goes on.
 */
public final class GarbageCollection {
  private static final int ATTEMPTS = 10;

  private final Repository repository;
  private final RepositoryFiles files;
  private final GarbageLimit limit;
  private final Workers workers;
  private final Progress progress;

  /** Of one repository. */
  public GarbageCollection(
      Repository repository, GarbageLimit limit, Workers workers, Progress progress) {
    this.repository = repository;
    this.files = repository.files();
    this.limit = limit;
    this.workers = workers;
    this.progress = progress;
  }

  /** What would be deleted now. */
  public Garbage preview() throws IOException {
    return sweep(keep(), true);
  }

  /**
   * Deletes.
   *
   * @return what was deleted
   * @throws ConflictException when others kept using what was to be deleted
   */
  public Garbage run() throws IOException {
    for (int attempt = 1; ; attempt++) {
      Kept kept = keep();
      try {
        RepoInfo now = repository.change(new DropSnapshots(kept.known, kept.dropped()));
        kept.addNew(now);
        return sweep(kept, false);
      } catch (DropSnapshots.HistoryMoved moved) {
        if (attempt == ATTEMPTS) {
          throw new ConflictException("Cannot collect garbage: " + moved.getMessage());
        }
      }
    }
  }

  /** What stays. */
  private final class Kept {
    private final Set<SnapshotId> known;
    private final Set<SnapshotId> snapshots = new HashSet<>();
    private final Set<SnapshotId> logs = new HashSet<>();
    private final Reach reach = new Reach(files, workers, progress);

    Kept(RepoInfo info) {
      this.known = Set.copyOf(info.snapshots().keySet());
    }

    void add(Set<SnapshotId> ids) throws IOException {
      reach.add(ids);
      snapshots.addAll(ids);
      logs.addAll(ids);
    }

    void addLogsCarriedIn(RepoInfo info) {
      info.snapshots().values().forEach(snapshot -> logs.addAll(snapshot.prunedLogs()));
    }

    /** Adds what was committed since the repository was read. */
    void addNew(RepoInfo now) throws IOException {
      Set<SnapshotId> committed = new HashSet<>(now.snapshots().keySet());
      committed.removeAll(known);
      add(committed);
      addLogsCarriedIn(now);
    }

    Set<SnapshotId> dropped() {
      Set<SnapshotId> dropped = new HashSet<>(known);
      dropped.removeAll(snapshots);
      return dropped;
    }
  }

  private Kept keep() throws IOException {
    // Listed before the repository is read: what is committed in between is not in the list, and
    // stays.
    Map<SnapshotId, Instant> stored = storedSnapshots();
    RepoInfo info = repository.info();
    GivenUp givenUp =
        limit.sessionsOpen() ? GivenUp.since(limit.time(), repository) : GivenUp.NOTHING;
    List<SnapshotId> tips = new ArrayList<>(info.refs().branches().values());
    tips.addAll(info.refs().tags().values());
    Set<SnapshotId> ids = new SnapshotTree(info.snapshots()).reachable(tips);
    for (SnapshotId id : info.snapshots().keySet()) {
      if (isYoung(id, stored)) {
        ids.add(id);
      }
    }
    givenUp.snapshots().stream().filter(stored::containsKey).forEach(ids::add);
    Kept kept = new Kept(info);
    kept.add(ids);
    kept.addLogsCarriedIn(info);
    kept.logs.addAll(givenUp.transactionLogs());
    return kept;
  }

  private Map<SnapshotId, Instant> storedSnapshots() throws IOException {
    Map<SnapshotId, Instant> stored = new HashMap<>();
    for (ObjectStat stat : files.store().list(SNAPSHOTS)) {
      Sweep.id(stat.path(), SNAPSHOTS, SnapshotId::parse)
          .ifPresent(id -> stored.put(id, stat.lastModified()));
    }
    return stored;
  }

  private boolean isYoung(SnapshotId id, Map<SnapshotId, Instant> stored) throws IOException {
    Optional<Instant> written = Optional.ofNullable(stored.get(id));
    return written.isPresent()
        ? !written.get().isBefore(limit.time())
        : files.store().stat(RepositoryFiles.path(SNAPSHOTS, id)).isPresent();
  }

  private Garbage sweep(Kept kept, boolean dryRun) throws IOException {
    Sweep sweep = new Sweep(files.store(), limit.time(), dryRun);
    return new Garbage(
        sweep.of(
            new Folder<>(SNAPSHOTS, SnapshotId::parse, kept.snapshots::contains),
            workers,
            progress),
        sweep.of(
            new Folder<>(TRANSACTIONS, SnapshotId::parse, kept.logs::contains), workers, progress),
        sweep.of(
            new Folder<>(MANIFESTS, ManifestId::parse, kept.reach.manifests()::contains),
            workers,
            progress),
        sweep.of(
            new Folder<>(CHUNKS, ChunkId::parse, id -> kept.reach.chunks().get(id).isPresent()),
            workers,
            progress),
        kept.snapshots);
  }
}
