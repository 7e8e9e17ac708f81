package dev.firn.io.icechunk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.firn.io.icechunk.format.IcechunkException;
import dev.firn.io.icechunk.format.Snapshot;
import dev.firn.io.icechunk.format.SnapshotId;
import dev.firn.io.icechunk.format.SnapshotInfo;
import dev.firn.io.object.ObjectPath;
import dev.firn.io.object.ObjectStat;
import dev.firn.io.object.StoredObject;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What version 2 has in the repo info file, from the files that version 1 has instead: {@code
 * refs/branch.NAME/ref.json}, {@code refs/tag.NAME/ref.json}, {@code config.yaml}, and parents in
 * snapshots.
 */
final class Version1Files implements History {
  static final int SPEC_VERSION = 1;

  /** A file that every repository of version 1 has. */
  static final ObjectPath MAIN = new ObjectPath("refs/branch.main/ref.json");

  private static final ObjectPath REFS = new ObjectPath("refs");
  private static final ObjectPath CONFIG = new ObjectPath("config.yaml");
  private static final String BRANCH = "branch.";
  private static final String TAG = "tag.";
  private static final String REF = "ref.json";
  private static final String TOMBSTONE = "ref.json.deleted";

  private final RepositoryFiles files;
  private final SortedMap<String, SnapshotId> branches = new TreeMap<>();
  private final SortedMap<String, SnapshotId> tags = new TreeMap<>();

  private Version1Files(RepositoryFiles files) {
    this.files = files;
  }

  /** Reads branches and tags. */
  static History history(RepositoryFiles files) throws IOException {
    Version1Files history = new Version1Files(files);
    List<ObjectPath> paths = files.store().list(REFS).stream().map(ObjectStat::path).toList();
    Set<ObjectPath> there = new HashSet<>(paths);
    for (ObjectPath path : paths) {
      String folder = path.value().split("/", 3)[1];
      if (path.equals(REFS.resolve(folder + "/" + REF))
          && !there.contains(REFS.resolve(folder + "/" + TOMBSTONE))) {
        history.add(folder, path);
      }
    }
    return history;
  }

  private void add(String folder, ObjectPath path) throws IOException {
    if (folder.startsWith(BRANCH)) {
      branches.put(folder.substring(BRANCH.length()), target(path));
    } else if (folder.startsWith(TAG)) {
      tags.put(folder.substring(TAG.length()), target(path));
    }
  }

  private SnapshotId target(ObjectPath path) throws IOException {
    JsonNode ref = parse(new ObjectMapper(), path, files.store().get(path));
    try {
      return SnapshotId.parse(ref.path("snapshot").asText());
    } catch (IllegalArgumentException noId) {
      throw new IcechunkException("ref", files.origin(path), noId.getMessage(), noId);
    }
  }

  /** The configuration; empty when there is none. */
  static Optional<RepositoryConfig> config(RepositoryFiles files) throws IOException {
    Optional<StoredObject> found = files.store().get(CONFIG);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    JsonNode json = new Version1Files(files).parse(new YAMLMapper(), CONFIG, found);
    return Optional.of(new RepositoryConfig(json, files.origin(CONFIG)));
  }

  private JsonNode parse(ObjectMapper mapper, ObjectPath path, Optional<StoredObject> found)
      throws IOException {
    byte[] bytes =
        found
            .orElseThrow(
                () -> new IcechunkException("ref", files.origin(path), "it was just deleted"))
            .bytes();
    try {
      return mapper.readTree(bytes);
    } catch (IOException malformed) {
      throw new IcechunkException(
          path.name(), files.origin(path), malformed.getMessage(), malformed);
    }
  }

  @Override
  public SortedMap<String, SnapshotId> branches() {
    return branches;
  }

  @Override
  public SortedMap<String, SnapshotId> tags() {
    return tags;
  }

  @Override
  public Optional<SnapshotInfo> snapshot(SnapshotId id) throws IOException {
    Snapshot snapshot = files.snapshot(id);
    return Optional.of(CommitChange.info(snapshot, snapshot.parent(), List.of()));
  }
}
