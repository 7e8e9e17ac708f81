package dev.firn.io.icechunk.maintenance;

import dev.firn.io.icechunk.Repository;
import dev.firn.io.icechunk.RepositoryFiles;
import dev.firn.io.icechunk.VirtualChunks;
import dev.firn.io.icechunk.VirtualStores;
import dev.firn.io.icechunk.format.ChunkId;
import dev.firn.io.icechunk.format.ManifestId;
import dev.firn.io.icechunk.format.RepoInfo;
import dev.firn.io.icechunk.format.RequiredOrder;
import dev.firn.io.icechunk.format.Snapshot;
import dev.firn.io.icechunk.format.SnapshotId;
import dev.firn.io.icechunk.format.SnapshotInfo;
import dev.firn.io.icechunk.format.TransactionLog;
import dev.firn.io.object.ObjectPath;
import dev.firn.io.object.ObjectStat;
import dev.firn.io.object.ObjectStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Reads everything that a repository's history reaches and says what is missing or damaged. It goes
 * on after a damage with whatever can still be read. Chunk objects are looked up in one listing;
 * their content is not read. Objects that virtual chunks are in are looked up where stores are
 * given.
 */
public final class Verification {
  private final ObjectStore store;
  private final Workers workers;
  private final Progress progress;
  private final StoredObjects objects;
  private final ManifestUses.ById manifests = new ManifestUses.ById();
  private final VirtualStores virtualStores;
  private final VirtualObjects virtual = new VirtualObjects();
  private final AtomicLong snapshotsRead = new AtomicLong();
  private final AtomicLong logsRead = new AtomicLong();

  /** Of the repository at the root of {@code store}; virtual chunks are only counted. */
  public Verification(ObjectStore store, Workers workers, Progress progress) {
    this(store, VirtualStores.NONE, workers, progress);
  }

  /** As above, but also looks up virtual chunks in the places that may be read. */
  public Verification(
      ObjectStore store, VirtualStores virtualStores, Workers workers, Progress progress) {
    this.store = store;
    this.virtualStores = virtualStores;
    this.workers = workers;
    this.progress = progress;
    this.objects = new StoredObjects(store);
  }

  /** Verifies. */
  public Verified run() throws IOException {
    if (store.stat(RepositoryFiles.REPO).isPresent()) {
      verifyHistory();
    } else {
      verifyHistoryOfVersion1();
    }
    List<ChunkCounts> refs = verifyManifests();
    return new Verified(
        snapshotsRead.get(),
        logsRead.get(),
        refs.size(),
        refs.stream().reduce(ChunkCounts.NONE, ChunkCounts::plus),
        verifyVirtualObjects(),
        objects.findings());
  }

  private void verifyHistory() throws IOException {
    Optional<RepoInfo> read =
        objects.read(
            RepositoryFiles.REPO, RepoInfo::parse, RequiredOrder::ofRepoInfo, "the repository");
    if (read.isEmpty()) {
      return;
    }
    List<SnapshotInfo> snapshots = List.copyOf(read.get().snapshots().values());
    Map<SnapshotId, String> logs = new LinkedHashMap<>();
    for (SnapshotInfo snapshot : snapshots) {
      if (snapshot.parent().isPresent()) {
        logs.put(snapshot.id(), ManifestUses.text(snapshot.id()));
      }
      snapshot.prunedLogs().forEach(log -> logs.putIfAbsent(log, ManifestUses.text(snapshot.id())));
    }
    workers.forEach(snapshots, snapshot -> verifySnapshot(snapshot.id(), "repo"));
    workers.forEach(List.copyOf(logs.entrySet()), log -> verifyLog(log.getKey(), log.getValue()));
  }

  /** Follows the parents that snapshots of version 1 name. */
  private void verifyHistoryOfVersion1() throws IOException {
    Repository repository =
        Repository.open(store)
            .orElseThrow(
                () ->
                    new IOException(
                        "Cannot verify " + store.url() + ": there is no Icechunk repository"));
    Map<SnapshotId, String> reached = new ConcurrentHashMap<>();
    repository.branches().forEach((name, tip) -> reached.putIfAbsent(tip, "branch " + name));
    repository.tags().forEach((name, tip) -> reached.putIfAbsent(tip, "tag " + name));
    List<SnapshotId> next = List.copyOf(reached.keySet());
    while (!next.isEmpty()) {
      Map<SnapshotId, String> parents = new ConcurrentHashMap<>();
      workers.forEach(
          next,
          id -> {
            Optional<SnapshotId> parent =
                verifySnapshot(id, reached.get(id)).flatMap(Snapshot::parent);
            if (parent.isPresent()) {
              verifyLog(id, ManifestUses.text(id));
              parents.put(parent.get(), ManifestUses.text(id));
            }
          });
      parents.keySet().removeAll(new ArrayList<>(reached.keySet()));
      reached.putAll(parents);
      next = List.copyOf(parents.keySet());
    }
  }

  private Optional<Snapshot> verifySnapshot(SnapshotId id, String referrer) throws IOException {
    Optional<Snapshot> read = new SnapshotChecks(objects, manifests).check(id, referrer);
    long done = read.isPresent() ? snapshotsRead.incrementAndGet() : snapshotsRead.get();
    progress.at("read snapshots", done, done);
    return read;
  }

  private void verifyLog(SnapshotId id, String referrer) throws IOException {
    ObjectPath path = RepositoryFiles.path(RepositoryFiles.TRANSACTIONS, id);
    Optional<TransactionLog> read =
        objects.read(path, TransactionLog::parse, RequiredOrder::ofTransactionLog, referrer);
    if (read.isPresent() && !read.get().id().equals(id)) {
      objects.damaged(path, "it is that of " + read.get().id() + ", expected " + id, referrer);
    }
    if (read.isPresent()) {
      progress.at("read transaction logs", logsRead.incrementAndGet(), logsRead.get());
    }
  }

  /** The references in each manifest that can be read. */
  private List<ChunkCounts> verifyManifests() throws IOException {
    ManifestChecks checks = new ManifestChecks(objects, chunkLengths(), virtual, new ChunkIdMap());
    List<Map.Entry<ManifestId, ManifestUses>> all = List.copyOf(manifests.all().entrySet());
    List<ChunkCounts> counts = new ArrayList<>();
    workers.forEach(
        all,
        manifest -> {
          Optional<ChunkCounts> refs = checks.check(manifest.getKey(), manifest.getValue());
          synchronized (counts) {
            refs.ifPresent(counts::add);
            progress.at("read manifests", counts.size(), all.size());
          }
        });
    return counts;
  }

  private long verifyVirtualObjects() throws IOException {
    Optional<Repository> repository =
        virtualStores == VirtualStores.NONE || virtual.isEmpty()
            ? Optional.empty()
            : Repository.open(store);
    return repository.isEmpty()
        ? 0
        : virtual.check(
            new VirtualChunks(repository.get().config().virtualContainers(), virtualStores),
            workers,
            objects);
  }

  private ChunkIdMap chunkLengths() throws IOException {
    ChunkIdMap lengths = new ChunkIdMap();
    for (ObjectStat stat : store.list(RepositoryFiles.CHUNKS)) {
      Sweep.id(stat.path(), RepositoryFiles.CHUNKS, ChunkId::parse)
          .ifPresent(id -> lengths.put(id, stat.sizeBytes()));
    }
    return lengths;
  }
}
