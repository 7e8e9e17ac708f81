package dev.firn.io.icechunk;

import dev.firn.io.Origin;
import dev.firn.io.icechunk.format.ChunkId;
import dev.firn.io.icechunk.format.IcechunkException;
import dev.firn.io.icechunk.format.Manifest;
import dev.firn.io.icechunk.format.ManifestId;
import dev.firn.io.icechunk.format.ObjectId;
import dev.firn.io.icechunk.format.RepoInfo;
import dev.firn.io.icechunk.format.Snapshot;
import dev.firn.io.icechunk.format.SnapshotId;
import dev.firn.io.icechunk.format.TransactionLog;
import dev.firn.io.object.ObjectPath;
import dev.firn.io.object.ObjectStore;
import dev.firn.io.object.StoredObject;
import java.io.IOException;
import java.util.Optional;

/**
 * The objects of a repository, by what they are (specification, "File Layout"). Snapshots and
 * manifests never change and are cached. The store stays the caller's to close.
 */
public final class RepositoryFiles {
  /** The repo info file. */
  public static final ObjectPath REPO = new ObjectPath("repo");

  /** Below it are former versions of the repo info file. */
  public static final ObjectPath OVERWRITTEN = new ObjectPath("overwritten");

  /** Below it are snapshots. */
  public static final ObjectPath SNAPSHOTS = new ObjectPath("snapshots");

  /** Below it are manifests. */
  public static final ObjectPath MANIFESTS = new ObjectPath("manifests");

  /** Below it are transaction logs. */
  public static final ObjectPath TRANSACTIONS = new ObjectPath("transactions");

  /** Below it are chunks. */
  public static final ObjectPath CHUNKS = new ObjectPath("chunks");

  private static final long SNAPSHOT_CACHE_BYTES = 64L << 20;
  private static final long MANIFEST_CACHE_BYTES = 256L << 20;
  private static final long NODE_BYTES = 1L << 10;

  private final ObjectStore store;
  private final ByteBoundedCache<SnapshotId, Snapshot> snapshots =
      new ByteBoundedCache<>(
          SNAPSHOT_CACHE_BYTES, snapshot -> NODE_BYTES * (1 + snapshot.nodes().size()));
  private final ByteBoundedCache<ManifestId, Manifest> manifests =
      new ByteBoundedCache<>(MANIFEST_CACHE_BYTES, Manifest::sizeBytes);

  /**
   * A version of the repo info file.
   *
   * @param info its content
   * @param object the file itself
   */
  record StoredRepo(RepoInfo info, StoredObject object) {}

  /** The repository whose root is that of {@code store}. */
  public RepositoryFiles(ObjectStore store) {
    this.store = store;
  }

  /** Where the repository is. */
  public ObjectStore store() {
    return store;
  }

  /** What errors name. */
  public Origin origin(ObjectPath path) {
    return Origin.of(store.url() + "/" + path);
  }

  /** The repo info file; empty in repositories of version 1. */
  Optional<StoredRepo> repo() throws IOException {
    return store
        .get(REPO)
        .map(found -> new StoredRepo(RepoInfo.parse(found.bytes(), origin(REPO)), found));
  }

  /**
   * The repo info file of a repository of version 2.
   *
   * @throws IcechunkException when it is not there or damaged
   */
  StoredRepo requireRepo() throws IOException {
    return repo()
        .orElseThrow(
            () ->
                new IcechunkException(
                    "repo info",
                    origin(REPO),
                    "there is no such object, so no repository of version 2"));
  }

  /** A former version of the repo info file; empty when it was deleted. */
  public Optional<RepoInfo> overwritten(String name) throws IOException {
    ObjectPath path = OVERWRITTEN.resolve(name);
    return store.get(path).map(found -> RepoInfo.parse(found.bytes(), origin(path)));
  }

  /**
   * A snapshot.
   *
   * @throws IcechunkException when it is not there or damaged
   */
  public Snapshot snapshot(SnapshotId id) throws IOException {
    Optional<Snapshot> cached = snapshots.get(id);
    if (cached.isPresent()) {
      return cached.get();
    }
    ObjectPath path = path(SNAPSHOTS, id);
    Snapshot snapshot = Snapshot.parse(bytes("snapshot", path), origin(path));
    requireId("snapshot", path, id, snapshot.id());
    snapshots.put(id, snapshot);
    return snapshot;
  }

  /**
   * A manifest.
   *
   * @throws IcechunkException when it is not there or damaged
   */
  public Manifest manifest(ManifestId id) throws IOException {
    Optional<Manifest> cached = manifests.get(id);
    if (cached.isPresent()) {
      return cached.get();
    }
    ObjectPath path = path(MANIFESTS, id);
    Manifest manifest = Manifest.parse(bytes("manifest", path), origin(path));
    requireId("manifest", path, id, manifest.id());
    manifests.put(id, manifest);
    return manifest;
  }

  /** The transaction log of a snapshot; empty when there is none. */
  public Optional<TransactionLog> transactionLog(SnapshotId id) throws IOException {
    ObjectPath path = path(TRANSACTIONS, id);
    return store.get(path).map(found -> TransactionLog.parse(found.bytes(), origin(path)));
  }

  private byte[] bytes(String what, ObjectPath path) throws IOException {
    return store
        .get(path)
        .orElseThrow(() -> new IcechunkException(what, origin(path), "there is no such object"))
        .bytes();
  }

  private void requireId(String what, ObjectPath path, ObjectId wanted, ObjectId found) {
    if (!wanted.equals(found)) {
      throw new IcechunkException(
          what, origin(path), "it is " + found.text() + ", expected " + wanted.text());
    }
  }

  /** What is thrown about a snapshot that contradicts itself. */
  IcechunkException damaged(SnapshotId snapshot, String detail) {
    return new IcechunkException("snapshot", origin(path(SNAPSHOTS, snapshot)), detail);
  }

  void putSnapshot(Snapshot snapshot, int zstdLevel) throws IOException {
    store.put(path(SNAPSHOTS, snapshot.id()), snapshot.toBytes(zstdLevel));
    snapshots.put(snapshot.id(), snapshot);
  }

  void putManifest(ManifestId id, byte[] file) throws IOException {
    store.put(path(MANIFESTS, id), file);
  }

  /** The object of a snapshot, manifest, transaction log or chunk. */
  public static ObjectPath path(ObjectPath folder, ObjectId id) {
    return folder.resolve(id.text());
  }

  /** The object of a chunk. */
  static ObjectPath chunk(ChunkId id) {
    return path(CHUNKS, id);
  }
}
