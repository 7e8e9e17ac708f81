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
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;

/**
 * An archive in an Icechunk repository. Readers see branch {@code main}, so moving it is the step
 * that shows them everything at once. Until then shards are chunk objects that nothing refers to,
 * and the commit that refers to them is on the {@linkplain JobBranch job's branch}.
 */
final class IcechunkArchive implements ArchiveStore {
  static final String MAIN = "main";
  private static final int MANIFEST_THREADS = 8;

  private final ObjectStore store;
  private final StoreLocation location;
  private final RepositoryFiles files;
  private final ExecutorService threads = Tasks.threads(MANIFEST_THREADS, "manifests");
  private final Map<SnapshotId, Session> sessions = new ConcurrentHashMap<>();
  private Optional<Repository> opened = Optional.empty();

  /** The archive at {@code location}, where the root of {@code store} is; closed with it. */
  IcechunkArchive(ObjectStore store, StoreLocation location) {
    this.store = store;
    this.location = location;
    this.files = new RepositoryFiles(store);
  }

  @Override
  public PinnedStore state(StoreRole role, Template template) throws IOException {
    Optional<Repository> repository = found();
    if (repository.isPresent()) {
      Session main = repository.get().readOnly(Version.branch(MAIN));
      SnapshotId tip = main.snapshot().id();
      if (!tip.equals(SnapshotId.INITIAL)) {
        return new PinnedStore(
            role, location.url(), Optional.of(tip.text()), length(main, template));
      }
    }
    return new PinnedStore(role, location.url(), Optional.empty(), 0);
  }

  @Override
  public ArchiveView view(PinnedStore pinned) throws IOException {
    return pinned.isAbsent()
        ? ZarrView.empty(store, ObjectPath.ROOT)
        : view(session(SnapshotId.parse(pinned.version().orElseThrow())));
  }

  static ZarrView view(Session session) {
    return ZarrView.of(session.store(), session.group());
  }

  /** The length of the append dimension, 0 where there is nothing yet. */
  static long length(Session session, Template template) {
    return session.snapshot().id().equals(SnapshotId.INITIAL)
        ? 0
        : view(session).length(template.spec().append().name());
  }

  /** Reads a snapshot, which stays as it is however the repository goes on. */
  private Session session(SnapshotId snapshot) throws IOException {
    Session session = sessions.get(snapshot);
    if (session == null) {
      session = repository().readOnly(Version.snapshot(snapshot));
      sessions.put(snapshot, session);
    }
    return session;
  }

  /** The repository, if it is there. */
  private synchronized Optional<Repository> found() throws IOException {
    if (opened.isEmpty()) {
      opened = Repository.open(store, RepositorySettings.DEFAULT.withExecutor(threads));
    }
    return opened;
  }

  private Repository repository() throws IOException {
    return found()
        .orElseThrow(
            () -> new IOException("Cannot open " + location.url() + ": it is not there any more"));
  }

  @Override
  public void setUp(StoreRun run) throws IOException {
    if (!run.straight()) {
      new JobBranch(writable(run), run).setUp();
    }
  }

  private Repository writable(StoreRun run) throws IOException {
    if (found().isEmpty() && run.pinned().isAbsent()) {
      NewArchive.create(store);
    }
    return repository();
  }

  @Override
  public ShardCopy put(StoreRun run, NodePath variable, ObjectPath key, List<ByteBuffer> parts)
      throws IOException {
    ChunkPlace place = ChunkPlace.of(variable, key);
    NativeChunk chunk =
        new ChunkWriter(files, run.runId()).put(place.array(), place.index(), parts);
    Optional<ShardVersion> replaced =
        run.pinned().isAbsent() ? Optional.empty() : version(place, session(JobBranch.pinned(run)));
    return new ShardCopy(run.role(), ChunkVersion.of(chunk), replaced);
  }

  private static Optional<ShardVersion> version(ChunkPlace place, Session session)
      throws IOException {
    return session.node(place.array()).isPresent()
        ? session.chunkRef(place.array(), place.index()).map(ChunkVersion::of)
        : Optional.empty();
  }

  @Override
  public List<WrittenShard> overtaken(PinnedStore at, Collection<WrittenShard> shards)
      throws IOException {
    SnapshotId snapshot = at.version().map(SnapshotId::parse).orElse(SnapshotId.INITIAL);
    return overtaken(session(snapshot), at.role(), shards);
  }

  private static List<WrittenShard> overtaken(
      Session session, StoreRole role, Collection<WrittenShard> shards) throws IOException {
    List<WrittenShard> overtaken = new ArrayList<>();
    for (WrittenShard shard : shards) {
      ShardCopy copy = shard.copy(role);
      Optional<ShardVersion> found = version(ChunkPlace.of(shard.variable(), shard.key()), session);
      if (!found.equals(copy.replaces()) && !found.equals(Optional.of(copy.version()))) {
        overtaken.add(shard);
      }
    }
    return overtaken;
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

  /**
   * Where {@code main} is, as a run finds it.
   *
   * @param tip its snapshot
   * @param standing what that means for the run
   * @param obstacle what keeps the run from going on, where that is known
   */
  private record Head(SnapshotId tip, Standing standing, Optional<String> obstacle) {
    Head(SnapshotId tip, Standing standing) {
      this(tip, standing, Optional.empty());
    }
  }

  private Head head(StoreRun run) throws IOException {
    Optional<Repository> repository = found();
    if (repository.isEmpty()) {
      Standing standing = run.pinned().isAbsent() ? Standing.PINNED : Standing.MOVED;
      return new Head(SnapshotId.INITIAL, standing);
    }
    List<SnapshotInfo> history = repository.get().ancestry(Version.branch(MAIN));
    SnapshotId tip = history.get(0).id();
    SnapshotId pinned = JobBranch.pinned(run);
    List<SnapshotInfo> since =
        history.stream().takeWhile(snapshot -> !snapshot.id().equals(pinned)).toList();
    if (since.isEmpty()) {
      return new Head(tip, Standing.PINNED);
    }
    if (since.stream().anyMatch(snapshot -> JobBranch.isOf(run, snapshot))) {
      return new Head(tip, Standing.PUBLISHED);
    }
    boolean goesOn = since.size() < history.size() && !run.pinned().isAbsent();
    return new Head(tip, goesOn ? Standing.ADVANCED : Standing.MOVED);
  }

  /** As above, MOVED also where others did more than let the archive grow. */
  private Head head(StoreRun run, Template template) throws IOException {
    Head head = head(run);
    Optional<String> obstacle =
        head.standing() == Standing.ADVANCED
            ? new Growth(session(JobBranch.pinned(run)), session(head.tip()), template).obstacle()
            : Optional.empty();
    return obstacle.isPresent() ? new Head(head.tip(), Standing.MOVED, obstacle) : head;
  }

  private Head head(StoreRun run, Contribution contribution) throws IOException {
    Head head = head(run, contribution.template());
    boolean isOvertaken =
        head.standing() == Standing.ADVANCED
            && !overtaken(session(head.tip()), run.role(), contribution.shards()).isEmpty();
    return isOvertaken ? new Head(head.tip(), Standing.OVERTAKEN) : head;
  }

  @Override
  public boolean canGoOn(StoreRun run, Template template) throws IOException {
    return head(run, template).standing() != Standing.MOVED;
  }

  @Override
  public Standing standing(StoreRun run, Contribution contribution) throws IOException {
    return head(run, contribution).standing();
  }

  @Override
  public Optional<String> obstacle(StoreRun run, Contribution contribution) throws IOException {
    return head(run, contribution).obstacle();
  }

  @Override
  public void prepare(StoreRun run, Contribution contribution) throws IOException {
    boolean isDone = run.straight();
    while (!isDone) {
      Head head = head(run, contribution);
      isDone = !head.standing().isOpen() || prepare(run, contribution, head.tip());
    }
  }

  /** Whether the commit on top of {@code base} was made; not if another attempt was faster. */
  private boolean prepare(StoreRun run, Contribution contribution, SnapshotId base)
      throws IOException {
    JobBranch branch = new JobBranch(writable(run), run);
    SnapshotId tip = branch.make(base);
    Session session = repository().writable(branch.name(), tip);
    CommitRequest request = put(run, contribution, base, session);
    return commit(session, tip.equals(base) ? request : request.amending());
  }

  /** Puts what the run contributes on top of {@code base} into a session, to be committed. */
  private CommitRequest put(
      StoreRun run, Contribution contribution, SnapshotId base, Session session)
      throws IOException {
    Session seen = session.snapshot().id().equals(base) ? session : session(base);
    SnapshotId planned = JobBranch.pinned(run);
    Session pinned = planned.equals(base) ? seen : session(planned);
    Publication publication =
        contribution.on(run.role(), view(seen), length(seen, contribution.template()));
    contribution.putLedger(run.role(), publication);
    new SnapshotContent(publication, run.role()).putInto(session, pinned, seen);
    return CommitRequest.of(message(publication))
        .withMetadata(JobBranch.stamp(run))
        .withoutRebase()
        .allowingEmpty();
  }

  /** Whether the commit was made; not if another was faster. */
  private static boolean commit(Session session, CommitRequest request) throws IOException {
    try {
      session.commit(request);
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
  public Standing publish(StoreRun run, Contribution contribution) throws IOException {
    Head head = head(run, contribution);
    while (head.standing().isOpen()) {
      if (run.straight()) {
        Session session = repository().writable(MAIN, head.tip());
        if (commit(session, put(run, contribution, head.tip(), session))) {
          return Standing.PUBLISHED;
        }
      } else {
        publishPrepared(run, contribution, head.tip());
      }
      head = head(run, contribution);
    }
    return head.standing();
  }

  private void publishPrepared(StoreRun run, Contribution contribution, SnapshotId base)
      throws IOException {
    Optional<SnapshotId> commit = new JobBranch(writable(run), run).commit(base);
    if (commit.isPresent()) {
      move(base, commit.get());
    } else {
      prepare(run, contribution, base); // others have published since
    }
  }

  /** Moves {@code main}, unless others moved it first: where it is now tells what became of it. */
  private void move(SnapshotId from, SnapshotId to) throws IOException {
    try {
      repository().resetBranch(MAIN, to, Optional.of(from));
    } catch (ConflictException moved) {
      return;
    }
  }

  @Override
  public void cleanUp(StoreRun run) throws IOException {
    Optional<Repository> repository = run.straight() ? Optional.empty() : found();
    if (repository.isPresent()) {
      new JobBranch(repository.get(), run).delete();
    }
  }

  @Override
  public void close() throws IOException {
    threads.shutdownNow();
    store.close();
  }
}
