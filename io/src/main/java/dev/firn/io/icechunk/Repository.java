package dev.firn.io.icechunk;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firn.io.UnsupportedFeatureException;
import dev.firn.io.icechunk.RepoChange.Changed;
import dev.firn.io.icechunk.RepositoryFiles.StoredRepo;
import dev.firn.io.icechunk.format.RepoInfo;
import dev.firn.io.icechunk.format.RepoStatus;
import dev.firn.io.icechunk.format.SnapshotId;
import dev.firn.io.icechunk.format.SnapshotInfo;
import dev.firn.io.icechunk.format.Update;
import dev.firn.io.icechunk.format.UpdateType;
import dev.firn.io.object.ObjectStore;
import java.io.IOException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An Icechunk repository. Version 1 can be read, version 2 also written. Every call looks at the
 * repository as it is then. Safe for use by many threads.
 */
public final class Repository {
  private final RepositoryFiles files;
  private final RepositorySettings settings;
  private final int specVersion;

  Repository(RepositoryFiles files, RepositorySettings settings, int specVersion) {
    this.files = files;
    this.settings = settings;
    this.specVersion = specVersion;
  }

  /**
   * Creates a repository of version 2.1.
   *
   * @throws ConflictException when there is one already
   */
  public static Repository create(
      ObjectStore store, RepositoryConfig config, RepositorySettings settings) throws IOException {
    return NewRepository.create(new RepositoryFiles(store), config, settings);
  }

  /** The repository at the root of a store, or empty when there is none. */
  public static Optional<Repository> open(ObjectStore store, RepositorySettings settings)
      throws IOException {
    RepositoryFiles files = new RepositoryFiles(store);
    Optional<StoredRepo> repo = files.repo();
    if (repo.isPresent()) {
      return Optional.of(new Repository(files, settings, repo.get().info().specVersion()));
    }
    return store
        .stat(Version1Files.MAIN)
        .map(main -> new Repository(files, settings, Version1Files.SPEC_VERSION));
  }

  /** As above, with default settings. */
  public static Optional<Repository> open(ObjectStore store) throws IOException {
    return open(store, RepositorySettings.DEFAULT);
  }

  /** Whether there is a repository at the root of a store. */
  public static boolean exists(ObjectStore store) throws IOException {
    return store.stat(RepositoryFiles.REPO).isPresent()
        || store.stat(Version1Files.MAIN).isPresent();
  }

  /** The version of the specification: 1, or 2 which includes 2.1. */
  public int specVersion() {
    return specVersion;
  }

  /** The repository's objects. */
  public RepositoryFiles files() {
    return files;
  }

  private RepoInfo info() throws IOException {
    if (specVersion == Version1Files.SPEC_VERSION) {
      throw new UnsupportedFeatureException(
          "operation of an Icechunk repository of version 1, which has no repo info file,",
          files.origin(RepositoryFiles.REPO));
    }
    return files.requireRepo().info();
  }

  private History history() throws IOException {
    return specVersion == Version1Files.SPEC_VERSION
        ? Version1Files.history(files)
        : new RepoHistory(info());
  }

  /** Changes the repo info file. */
  RepoInfo change(RepoChange change) throws IOException {
    requireWritable();
    return new RepoUpdates(files, settings).apply(change);
  }

  private void requireWritable() {
    if (specVersion != NewRepository.SPEC_VERSION) {
      throw new UnsupportedFeatureException(
          "writing of an Icechunk repository of version " + specVersion + ",",
          files.origin(RepositoryFiles.REPO));
    }
  }

  /** The configuration. */
  public RepositoryConfig config() throws IOException {
    return specVersion == Version1Files.SPEC_VERSION
        ? Version1Files.config(files).orElse(RepositoryConfig.DEFAULT)
        : RepositoryConfig.of(info(), files);
  }

  /** Replaces the configuration, for sessions to come. */
  public void setConfig(RepositoryConfig config) throws IOException {
    change(
        now ->
            new Changed(
                now.withConfig(Optional.of(config.json())), new UpdateType.ConfigChanged()));
  }

  /** The repository's properties. */
  public SortedMap<String, JsonNode> metadata() throws IOException {
    return info().metadata();
  }

  /** Replaces the repository's properties. */
  public void setMetadata(Map<String, JsonNode> metadata) throws IOException {
    change(
        now ->
            new Changed(
                now.withMetadata(new TreeMap<>(metadata)), new UpdateType.MetadataChanged()));
  }

  /** Whether the repository may be used. */
  public RepoStatus status() throws IOException {
    return info().status();
  }

  /** Says whether the repository may be used; possible whatever it was before. */
  public void setStatus(RepoStatus.Availability availability, Optional<String> reason)
      throws IOException {
    requireWritable();
    RepoStatus status =
        new RepoStatus(
            availability, settings.clock().instant().truncatedTo(ChronoUnit.MICROS), reason);
    new RepoUpdates(files, settings)
        .whateverTheStatus()
        .apply(now -> new Changed(now.withStatus(status), new UpdateType.StatusChanged(status)));
  }

  /** All branches and where they are. */
  public SortedMap<String, SnapshotId> branches() throws IOException {
    return history().branches();
  }

  /** Creates a branch. */
  public void createBranch(String name, SnapshotId snapshot) throws IOException {
    change(RefChanges.createBranch(name, snapshot));
  }

  /** Deletes a branch; {@code main} cannot be deleted. */
  public void deleteBranch(String name) throws IOException {
    change(RefChanges.deleteBranch(name));
  }

  /**
   * Sets a branch to another snapshot.
   *
   * @param expected where it must still be, when that matters
   * @throws ConflictException when it is not there
   */
  public void resetBranch(String name, SnapshotId to, Optional<SnapshotId> expected)
      throws IOException {
    change(RefChanges.resetBranch(name, to, expected));
  }

  /** All tags and where they are. */
  public SortedMap<String, SnapshotId> tags() throws IOException {
    return history().tags();
  }

  /** Creates a tag. A name that was deleted is never used again. */
  public void createTag(String name, SnapshotId snapshot) throws IOException {
    change(RefChanges.createTag(name, snapshot));
  }

  /** Deletes a tag. */
  public void deleteTag(String name) throws IOException {
    change(RefChanges.deleteTag(name));
  }

  /**
   * The snapshot that {@code version} names.
   *
   * @throws IllegalArgumentException when there is none
   */
  public SnapshotId lookup(Version version) throws IOException {
    return history().resolve(version);
  }

  /** A snapshot and all before it, the newest first. */
  public List<SnapshotInfo> ancestry(Version version) throws IOException {
    History history = history();
    return history.ancestry(history.resolve(version));
  }

  /** What changed from {@code from} to {@code to}, which must come after it. */
  public Diff diff(Version from, Version to) throws IOException {
    History history = history();
    return new Differences(files, history).between(history.resolve(from), history.resolve(to));
  }

  /**
   * All that was done to the repository, the newest first, as far as former versions of the repo
   * info file are still there. Each update names the copy of the file as it was after that update.
   */
  public List<Update> operations() throws IOException {
    return new Operations(files).since(info());
  }

  /** A session that only reads. */
  public Session readOnly(Version version) throws IOException {
    if (specVersion == Version1Files.SPEC_VERSION) {
      return session(history().resolve(version), config(), Optional.empty());
    }
    RepoInfo info = info();
    SnapshotId id = new RepoHistory(info).resolve(version);
    return session(id, RepositoryConfig.of(info, files), Optional.empty());
  }

  /** A session that can commit to a branch. */
  public Session writable(String branch) throws IOException {
    requireWritable();
    RepoInfo info = info();
    WritePermission.require(info, files.origin(RepositoryFiles.REPO));
    SnapshotId tip = new RepoHistory(info).resolve(Version.branch(branch));
    return session(tip, RepositoryConfig.of(info, files), Optional.of(branch));
  }

  private Session session(SnapshotId id, RepositoryConfig config, Optional<String> branch)
      throws IOException {
    return new Session(files, settings, config, files.snapshot(id), branch);
  }
}
