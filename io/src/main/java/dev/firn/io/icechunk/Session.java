package dev.firn.io.icechunk;

import dev.firn.io.icechunk.format.Bytes;
import dev.firn.io.icechunk.format.ChunkIndex;
import dev.firn.io.icechunk.format.ChunkRef;
import dev.firn.io.icechunk.format.ChunkRef.VirtualChunk;
import dev.firn.io.icechunk.format.Node;
import dev.firn.io.icechunk.format.Node.ArrayNode;
import dev.firn.io.icechunk.format.NodePath;
import dev.firn.io.icechunk.format.Snapshot;
import dev.firn.io.icechunk.format.SnapshotId;
import dev.firn.io.object.ByteRange;
import dev.firn.io.object.ObjectStore;
import dev.firn.io.zarr.ZarrGroup;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * A snapshot of a repository and what is changed on top of it: nothing of that is seen by others
 * before {@link #commit}. Safe for use by many threads.
 */
public final class Session {
  private final RepositoryFiles files;
  private final RepositorySettings settings;
  private final RepositoryConfig config;
  private final VirtualChunks virtual;
  private final ChunkBytes bytes;
  private final ManifestRuns runs;
  private final ParsedArrays parsed = new ParsedArrays();
  private Snapshot base;
  private Optional<String> branch;
  private ChangeSet changes = new ChangeSet();

  Session(
      RepositoryFiles files,
      RepositorySettings settings,
      RepositoryConfig config,
      Snapshot base,
      Optional<String> branch) {
    this.files = files;
    this.settings = settings;
    this.config = config;
    this.base = base;
    this.branch = branch;
    this.virtual = new VirtualChunks(config.virtualContainers(), settings.virtualStores());
    this.bytes = new ChunkBytes(files, virtual);
    this.runs = new ManifestRuns(files, settings);
  }

  /** The snapshot below the changes. */
  public synchronized Snapshot snapshot() {
    return base;
  }

  /** The branch to commit to; empty of a session that only reads. */
  public synchronized Optional<String> branch() {
    return branch;
  }

  /** The configuration that the session writes by. */
  public RepositoryConfig config() {
    return config;
  }

  /** Whether there is something to commit. */
  public synchronized boolean hasChanges() {
    return !changes.isEmpty();
  }

  /** The session as a store of Zarr keys. */
  public ObjectStore store() {
    return new IcechunkStore(this, files.store().url());
  }

  /** The root group as {@code io.zarr} reads it; empty when there is none. */
  public Optional<ZarrGroup> group() {
    return new GroupOfSession(nodes(), store()).group();
  }

  /** The group or array at {@code path}. */
  public synchronized Optional<Node> node(NodePath path) {
    return hierarchy().node(path);
  }

  /** All groups and arrays, in the order of their paths. */
  public synchronized List<Node> nodes() {
    return hierarchy().nodes();
  }

  private Hierarchy hierarchy() {
    return new Hierarchy(base, changes);
  }

  /**
   * Creates a group or array, or gives it another metadata document.
   *
   * @param document the content of {@code zarr.json}
   */
  public synchronized void setMetadata(NodePath path, Bytes document) {
    edits().setMetadata(path, document);
  }

  /** Deletes a node and all below it; nothing happens when there is none. */
  public synchronized void delete(NodePath path) {
    edits().delete(path);
  }

  /** Moves a node and all below it. A session that moves nodes cannot change anything else. */
  public synchronized void move(NodePath from, NodePath to) {
    edits().move(from, to);
  }

  private NodeEdits edits() {
    requireWritable();
    return new NodeEdits(hierarchy(), settings.random());
  }

  /** Where the bytes of a chunk are; empty when it was never written, or deleted. */
  public Optional<ChunkRef> chunkRef(NodePath path, ChunkIndex index) throws IOException {
    ArrayNode array;
    Optional<ChunkChange> change;
    Optional<WrittenManifest> part;
    synchronized (this) {
      array = array(path);
      change = changes.chunks(array.id()).flatMap(table -> table.find(index));
      part = changes.written(array.id()).flatMap(parts -> parts.partOf(index));
    }
    if (!Grid.contains(array, index)) {
      return Optional.empty();
    }
    if (change.isPresent()) {
      return change.get().ref();
    }
    if (part.isPresent()) {
      return new WrittenChunks(files, changes).ref(part.get(), index);
    }
    return new StoredChunks(files, array).find(index);
  }

  /** Gives all chunks of an array that are there, ascending. */
  public synchronized void forEachChunk(NodePath path, BiConsumer<ChunkIndex, ChunkRef> consumer)
      throws IOException {
    ArrayNode array = array(path);
    new WrittenChunks(files, changes).dissolve(array.id(), array.dimensions().size());
    List<ChunkChange> changed =
        changes.chunks(array.id()).map(ChunkTable::changes).orElse(List.of());
    new MergedRefs(Grid.of(array), changed, new StoredChunks(files, array).all()).forEach(consumer);
  }

  /** Part of a chunk's bytes, cut at its end. */
  public byte[] read(ChunkRef ref, ByteRange range) throws IOException {
    return bytes.read(ref, range);
  }

  /** Writes a chunk and sets it: into the manifest when it is small, else an object of its own. */
  public void putChunk(NodePath path, ChunkIndex index, List<ByteBuffer> parts) throws IOException {
    requireWritable();
    setRef(path, index, new ChunkStorage(files, settings, config).store(parts));
  }

  /** Sets or deletes one chunk. */
  public void setRef(NodePath path, ChunkIndex index, ChunkRef ref) {
    setRefs(path, List.of(ChunkChange.set(index, ref)));
  }

  /** Deletes one chunk; nothing happens when there is none. */
  public void deleteChunk(NodePath path, ChunkIndex index) {
    setRefs(path, List.of(ChunkChange.deleted(index)));
  }

  /**
   * Sets and deletes chunks of one array.
   *
   * @throws IllegalArgumentException when a chunk is outside of the array's grid, has no bytes, or
   *     is virtual and in no container of the repository's configuration
   */
  public synchronized void setRefs(NodePath path, Iterable<ChunkChange> refs) {
    requireWritable();
    ArrayNode array = array(path);
    Extents grid = Grid.of(array);
    String known = "";
    for (ChunkChange change : refs) {
      Grid.require(array, grid, change);
      if (change.ref().isPresent()
          && change.ref().get() instanceof VirtualChunk chunk
          && !chunk.location().equals(known)) {
        virtual.requireContainer(chunk.location());
        known = chunk.location();
      }
      changes.setChunk(array.id(), array.dimensions().size(), change);
    }
    runs.forget(array.id());
  }

  /** Which manifests changes of an array's chunks are for, for others to write them. */
  public synchronized ManifestPlan manifestPlan(NodePath path) {
    requireWritable();
    return new ManifestPlan(array(path), config);
  }

  /** Takes manifests of an array that others wrote from a {@link ManifestPlan} of this session. */
  public synchronized void setManifests(NodePath path, Iterable<WrittenManifest> manifests) {
    requireWritable();
    ArrayNode array = array(path);
    manifests.forEach(manifest -> changes.setWritten(array.id(), manifest));
  }

  /** How the chunks of an array are named. */
  ChunkKeys keys(ArrayNode array) {
    return parsed.keys(array);
  }

  private ArrayNode array(NodePath path) {
    if (hierarchy().node(path).orElse(null) instanceof ArrayNode array) {
      return array;
    }
    throw new IllegalArgumentException("There is no array at '" + path + "'");
  }

  /** What this session changed. */
  public synchronized Diff status() {
    DiffCollector collector = new DiffCollector();
    collector.add(changes);
    return collector.diff(base.nodes(), nodes());
  }

  /** Forgets all changes. */
  public synchronized void discard() {
    changes = new ChangeSet();
  }

  /**
   * Makes the changes a snapshot at the end of the branch. Afterwards the session only reads, at
   * that snapshot.
   *
   * @throws ConflictException naming all conflicts with what others committed meanwhile
   * @throws CommitStateUnknownException when the store does not tell whether the commit was made
   */
  public synchronized SnapshotId commit(CommitRequest request) throws IOException {
    requireWritable();
    Committer committer = new Committer(files, settings, new Flush(files, settings, config, runs));
    base = committer.commit(base, changes, branch.orElseThrow(), request);
    branch = Optional.empty();
    changes = new ChangeSet();
    return base.id();
  }

  private synchronized void requireWritable() {
    if (branch.isEmpty()) {
      throw new IllegalStateException(
          "Cannot change snapshot " + base.id() + ": the session only reads");
    }
  }
}
