package dev.firn.io.icechunk.format;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firn.io.Origin;
import java.util.Collection;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The repo info file (specification, "Repo Info File"): the one object of a repository that
 * changes. Only version 2 of the format has it.
 *
 * @param specVersion the repository's version of the specification
 * @param refs branches and tags; {@code main} is among them
 * @param snapshots all snapshots by id; every ref and parent is among them
 * @param status whether the repository may be used
 * @param metadata the repository's properties
 * @param log what was done to the repository; at least one update
 * @param config the configuration as the reference implementation has it
 * @param flags feature flags that were set
 * @param extra what later versions of the format may add; kept as it is
 */
public record RepoInfo(
    int specVersion,
    Refs refs,
    SortedMap<SnapshotId, SnapshotInfo> snapshots,
    RepoStatus status,
    SortedMap<String, JsonNode> metadata,
    OperationsLog log,
    Optional<JsonNode> config,
    FeatureFlags flags,
    Optional<Bytes> extra) {
  /** Copies the collections and checks that refs and parents are known. */
  public RepoInfo {
    snapshots = Sorted.byKey(snapshots);
    metadata = Sorted.byUtf8(metadata);
    for (SnapshotInfo snapshot : snapshots.values()) {
      requireKnown(snapshots, snapshot.parent().stream().toList());
    }
    requireKnown(snapshots, refs.branches().values());
    requireKnown(snapshots, refs.tags().values());
    if (!refs.branches().containsKey("main")) {
      throw new IllegalArgumentException("A repository has a branch main");
    }
    if (log.updates().isEmpty()) {
      throw new IllegalArgumentException("An operations log has at least one update");
    }
  }

  private static void requireKnown(
      SortedMap<SnapshotId, SnapshotInfo> snapshots, Collection<SnapshotId> ids) {
    for (SnapshotId id : ids) {
      if (!snapshots.containsKey(id)) {
        throw new IllegalArgumentException("Snapshot " + id + " is not in the repository");
      }
    }
  }

  /** Reads a file. */
  public static RepoInfo parse(byte[] bytes, Origin origin) {
    FileEnvelope file = FileEnvelope.open(bytes, FileType.REPO_INFO, origin);
    return file.content().read(() -> RepoInfoFile.read(file.content().root()));
  }

  /** The file, compressed at the reference implementation's default level. */
  public byte[] toBytes() {
    return toBytes(FileEnvelope.DEFAULT_LEVEL);
  }

  /** The file, compressed at a zstd level. */
  public byte[] toBytes(int zstdLevel) {
    return FileEnvelope.seal(RepoInfoFile.write(this), FileType.REPO_INFO, zstdLevel);
  }

  /** This repository with other branches and tags. */
  public RepoInfo withRefs(Refs newRefs) {
    return new RepoInfo(
        specVersion, newRefs, snapshots, status, metadata, log, config, flags, extra);
  }

  /** This repository with other snapshots; its refs must be among them. */
  public RepoInfo withSnapshots(Refs newRefs, SortedMap<SnapshotId, SnapshotInfo> newSnapshots) {
    return new RepoInfo(
        specVersion, newRefs, newSnapshots, status, metadata, log, config, flags, extra);
  }

  /** This repository with another status. */
  public RepoInfo withStatus(RepoStatus newStatus) {
    return new RepoInfo(
        specVersion, refs, snapshots, newStatus, metadata, log, config, flags, extra);
  }

  /** This repository with other properties. */
  public RepoInfo withMetadata(SortedMap<String, JsonNode> newMetadata) {
    return new RepoInfo(
        specVersion, refs, snapshots, status, newMetadata, log, config, flags, extra);
  }

  /** This repository with another operations log. */
  public RepoInfo withLog(OperationsLog newLog) {
    return new RepoInfo(
        specVersion, refs, snapshots, status, metadata, newLog, config, flags, extra);
  }

  /** This repository with another configuration. */
  public RepoInfo withConfig(Optional<JsonNode> newConfig) {
    return new RepoInfo(
        specVersion, refs, snapshots, status, metadata, log, newConfig, flags, extra);
  }

  /** This repository with other feature flags. */
  public RepoInfo withFlags(FeatureFlags newFlags) {
    return new RepoInfo(
        specVersion, refs, snapshots, status, metadata, log, config, newFlags, extra);
  }
}
