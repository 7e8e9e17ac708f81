package dev.firn.io.icechunk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.firn.io.icechunk.RepositoryFiles.StoredRepo;
import dev.firn.io.icechunk.format.FeatureFlags;
import dev.firn.io.icechunk.format.OperationsLog;
import dev.firn.io.icechunk.format.Refs;
import dev.firn.io.icechunk.format.RepoInfo;
import dev.firn.io.icechunk.format.RepoStatus;
import dev.firn.io.icechunk.format.Snapshot;
import dev.firn.io.icechunk.format.SnapshotId;
import dev.firn.io.icechunk.format.SnapshotInfo;
import dev.firn.io.icechunk.format.Update;
import dev.firn.io.icechunk.format.UpdateType;
import dev.firn.io.object.ClockDrift;
import dev.firn.io.object.ObjectPath;
import dev.firn.io.object.ObjectStat;
import dev.firn.io.object.ObjectStore;
import dev.firn.io.object.PutCondition;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** Creates a repository (specification, "Initialize New Repository"). */
final class NewRepository {
  /** What is written: version 2.1, which files call 2. */
  static final int SPEC_VERSION = 2;

  private static final String MESSAGE = "Repository initialized";

  private NewRepository() {}

  static Repository create(
      RepositoryFiles files, RepositoryConfig config, RepositorySettings settings)
      throws IOException {
    if (Repository.exists(files.store())) {
      throw exists(files);
    }
    putLog(files.store(), config, settings);
    Snapshot snapshot = initialSnapshot(files, config, settings);
    byte[] repo = info(snapshot, config, settings).toBytes(config.zstdLevel());
    if (!putFirst(files, repo)) {
      throw exists(files);
    }
    return new Repository(files, settings, SPEC_VERSION);
  }

  private static ConflictException exists(RepositoryFiles files) {
    return new ConflictException(
        "Cannot create a repository in " + files.store().url() + ": there is one");
  }

  /** Its name is that of all creators, so it stays where a wrong clock is the end. */
  private static void putLog(
      ObjectStore store, RepositoryConfig config, RepositorySettings settings) throws IOException {
    byte[] log = TransactionFiles.file(SnapshotId.INITIAL, new ChangeSet(), config.zstdLevel());
    Instant begun = settings.clock().instant();
    ObjectStat put =
        store.put(RepositoryFiles.path(RepositoryFiles.TRANSACTIONS, SnapshotId.INITIAL), log);
    ClockDrift.require(store, put, begun, settings.clock().instant());
  }

  /** The first snapshot. Its name is always the same: of several creators all use one file. */
  private static Snapshot initialSnapshot(
      RepositoryFiles files, RepositoryConfig config, RepositorySettings settings)
      throws IOException {
    TreeMap<String, JsonNode> metadata = new TreeMap<>();
    metadata.put("__icechunk", JsonNodeFactory.instance.objectNode().put("is_root", true));
    Snapshot snapshot =
        new Snapshot(
            SnapshotId.INITIAL,
            Optional.empty(),
            List.of(),
            settings.after(Instant.EPOCH),
            MESSAGE,
            metadata,
            List.of());
    ObjectPath path = RepositoryFiles.path(RepositoryFiles.SNAPSHOTS, SnapshotId.INITIAL);
    files.store().putIf(path, snapshot.toBytes(config.zstdLevel()), PutCondition.absent());
    return files.snapshot(SnapshotId.INITIAL);
  }

  private static RepoInfo info(
      Snapshot snapshot, RepositoryConfig config, RepositorySettings settings) {
    TreeMap<String, SnapshotId> branches = new TreeMap<>();
    branches.put(RefChanges.MAIN, snapshot.id());
    TreeMap<SnapshotId, SnapshotInfo> snapshots = new TreeMap<>();
    snapshots.put(snapshot.id(), CommitChange.info(snapshot, Optional.empty(), List.of()));
    Instant now = settings.after(Instant.EPOCH);
    Update update = new Update(new UpdateType.RepoInitialized(), now, Optional.empty());
    return new RepoInfo(
        SPEC_VERSION,
        new Refs(branches, new TreeMap<>(), new TreeSet<>()),
        snapshots,
        new RepoStatus(RepoStatus.Availability.ONLINE, now, Optional.empty()),
        new TreeMap<>(),
        new OperationsLog(List.of(update), Optional.empty()),
        Optional.of(config.json()).filter(json -> !json.isEmpty()),
        new FeatureFlags(new TreeSet<>(), new TreeSet<>()),
        Optional.empty());
  }

  /** Whether the file is now there and this one; a lost reply is made up for by reading it back. */
  private static boolean putFirst(RepositoryFiles files, byte[] repo) throws IOException {
    ObjectStore store = files.store();
    try {
      if (store.putIf(RepositoryFiles.REPO, repo, PutCondition.absent()).isPresent()) {
        return true;
      }
    } catch (IOException failed) {
      if (files.repo().isEmpty()) {
        throw failed;
      }
    }
    Optional<StoredRepo> found = files.repo();
    return found.isPresent() && Arrays.equals(found.get().object().bytes(), repo);
  }
}
