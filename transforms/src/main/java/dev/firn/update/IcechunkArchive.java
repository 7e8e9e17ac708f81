package dev.firn.update;

import dev.firn.dataset.AppendDimension;
import dev.firn.dataset.Template;
import dev.firn.io.icechunk.ChunkWriter;
import dev.firn.io.icechunk.CommitRequest;
import dev.firn.io.icechunk.ConflictException;
import dev.firn.io.icechunk.Repository;
import dev.firn.io.icechunk.RepositoryFiles;
import dev.firn.io.icechunk.RepositorySettings;
import dev.firn.io.icechunk.Session;
import dev.firn.io.icechunk.Version;
import dev.firn.io.icechunk.format.ChunkRef.NativeChunk;
import dev.firn.io.icechunk.format.SnapshotId;
import dev.firn.io.icechunk.format.SnapshotInfo;
import dev.firn.io.object.ObjectPath;
import dev.firn.io.object.ObjectStat;
import dev.firn.io.object.ObjectStore;
import dev.firn.io.zarr.NodePath;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;

/**
 * An archive in an Icechunk repository. Readers see branch {@code main}, so moving it is the step
 * that shows them everything at once. Until then shards are chunk objects that nothing refers to,
 * and the commit that refers to them is on the {@linkplain JobBranch job's branch}.
 */
final class IcechunkArchive implements ArchiveStore {
  private static final String MAIN = "main";
  private static final int MANIFEST_THREADS = 8;

  private final ObjectStore store;
  private final StoreLocation location;
  private final RepositoryFiles files;
  private final Map<PinnedStore, Session> sessions = new HashMap<>();

  /** The archive at {@code location}, where the root of {@code store} is; closed with it. */
  IcechunkArchive(ObjectStore store, StoreLocation location) {
    this.store = store;
    this.location = location;
    this.files = new RepositoryFiles(store);
  }

  @Override
  public PinnedStore state(StoreRole role, Template template) throws IOException {
    Optional<Repository> repository = Repository.open(store);
    if (repository.isPresent()) {
      Session main = repository.get().readOnly(Version.branch(MAIN));
      SnapshotId tip = main.snapshot().id();
      if (!tip.equals(SnapshotId.INITIAL)) {
        long extent = view(main).length(template.spec().append().name());
        return new PinnedStore(role, location.url(), Optional.of(tip.text()), extent);
      }
    }
    return new PinnedStore(role, location.url(), Optional.empty(), 0);
  }

  @Override
  public ArchiveView view(PinnedStore pinned) throws IOException {
    return pinned.isAbsent() ? ZarrView.empty(store, ObjectPath.ROOT) : view(session(pinned));
  }

  private static ZarrView view(Session session) {
    return ZarrView.of(session.store(), session.group());
  }

  /** Reads what was pinned, which is there however the repository goes on. */
  private Session session(PinnedStore pinned) throws IOException {
    synchronized (sessions) {
      Session session = sessions.get(pinned);
      if (session == null) {
        SnapshotId snapshot = SnapshotId.parse(pinned.version().orElseThrow());
        session = repository().readOnly(Version.snapshot(snapshot));
        sessions.put(pinned, session);
      }
      return session;
    }
  }

  private Repository repository() throws IOException {
    return Repository.open(store)
        .orElseThrow(
            () -> new IOException("Cannot open " + location.url() + ": it is not there any more"));
  }

  @Override
  public void setUp(StoreRun run) throws IOException {
    new JobBranch(writable(run), run).make();
  }

  private Repository writable(StoreRun run) throws IOException {
    return run.pinned().isAbsent() ? NewArchive.openOrCreate(store) : repository();
  }

  @Override
  public ShardCopy put(StoreRun run, NodePath variable, ObjectPath key, List<ByteBuffer> parts)
      throws IOException {
    ChunkPlace place = ChunkPlace.of(variable, key);
    NativeChunk chunk =
        new ChunkWriter(files, run.runId()).put(place.array(), place.index(), parts);
    return new ShardCopy(run.role(), ChunkVersion.of(chunk), published(run.pinned(), place));
  }

  private Optional<ShardVersion> published(PinnedStore pinned, ChunkPlace place)
      throws IOException {
    if (pinned.isAbsent() || session(pinned).node(place.array()).isEmpty()) {
      return Optional.empty();
    }
    return session(pinned).chunkRef(place.array(), place.index()).map(ChunkVersion::of);
  }

  @Override
  public boolean holdsAll(StoreRole role, Collection<WrittenShard> shards) throws IOException {
    for (WrittenShard shard : shards) {
      NativeChunk chunk = ChunkVersion.parse(shard.copy(role).version());
      Optional<ObjectStat> found =
          store.stat(RepositoryFiles.path(RepositoryFiles.CHUNKS, chunk.id()));
      if (found.isEmpty() || found.get().sizeBytes() != chunk.lengthBytes()) {
        return false;
      }
    }
    return true;
  }

  @Override
  public Standing standing(StoreRun run, Publication publication) throws IOException {
    Optional<Repository> repository = Repository.open(store);
    if (repository.isEmpty()) {
      return run.pinned().isAbsent() ? Standing.PINNED : Standing.MOVED;
    }
    SnapshotId pinned = JobBranch.pinned(run);
    List<SnapshotInfo> since =
        repository.get().ancestry(Version.branch(MAIN)).stream()
            .takeWhile(snapshot -> !snapshot.id().equals(pinned))
            .toList();
    if (since.isEmpty()) {
      return Standing.PINNED;
    }
    return since.stream().anyMatch(snapshot -> JobBranch.isOf(run, snapshot))
        ? Standing.PUBLISHED
        : Standing.MOVED;
  }

  @Override
  public void prepare(StoreRun run, Publication publication) throws IOException {
    ExecutorService threads = Tasks.threads(MANIFEST_THREADS, "manifests of " + run.role());
    try {
      RepositorySettings settings = RepositorySettings.DEFAULT.withExecutor(threads);
      boolean isPrepared = false;
      while (!isPrepared && standing(run, publication) == Standing.PINNED) {
        SnapshotId tip = new JobBranch(writable(run), run).make();
        Repository repository = Repository.open(store, settings).orElseThrow();
        isPrepared = commit(repository, run, tip, publication);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** Whether the commit was made; not if another attempt at the run was faster. */
  private static boolean commit(
      Repository repository, StoreRun run, SnapshotId tip, Publication publication)
      throws IOException {
    Session session = repository.writable(new JobBranch(repository, run).name(), tip);
    new SnapshotContent(publication, run.role()).putInto(session);
    CommitRequest request =
        CommitRequest.of(message(publication))
            .withMetadata(JobBranch.stamp(run))
            .withoutRebase()
            .allowingEmpty();
    try {
      session.commit(tip.equals(JobBranch.pinned(run)) ? request : request.amending());
      return true;
    } catch (ConflictException anotherWasFaster) {
      return false;
    }
  }

  private static String message(Publication publication) {
    AppendDimension append = publication.template().spec().append();
    return publication.template().spec().id()
        + ": "
        + append.name()
        + " up to "
        + append.at(publication.extent() - 1);
  }

  @Override
  public Standing publish(StoreRun run, Publication publication) throws IOException {
    Standing standing = standing(run, publication);
    while (standing == Standing.PINNED) {
      Repository repository = repository();
      Optional<SnapshotId> commit = new JobBranch(repository, run).commit();
      if (commit.isPresent()) {
        move(repository, run, commit.get());
      }
      standing = standing(run, publication);
      if (commit.isEmpty() && standing == Standing.PINNED) {
        throw new IOException(
            "Cannot publish " + location.url() + ": job " + run.job() + " has prepared nothing");
      }
    }
    return standing;
  }

  /** Moves {@code main}, unless others moved it first: where it is now tells what became of it. */
  private static void move(Repository repository, StoreRun run, SnapshotId to) throws IOException {
    try {
      repository.resetBranch(MAIN, to, Optional.of(JobBranch.pinned(run)));
    } catch (ConflictException moved) {
      return;
    }
  }

  @Override
  public void cleanUp(StoreRun run) throws IOException {
    Optional<Repository> repository = Repository.open(store);
    if (repository.isPresent()) {
      new JobBranch(repository.get(), run).delete();
    }
  }

  @Override
  public void close() throws IOException {
    store.close();
  }
}
