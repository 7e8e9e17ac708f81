package dev.firn.io.icechunk.format;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firn.io.Origin;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A snapshot file (specification, "Snapshot Files"): all arrays and groups of a repository at one
 * commit.
 *
 * @param id the snapshot
 * @param parent the one before it, in files of version 1 only
 * @param nodes all arrays and groups, in the order of their paths
 * @param flushedAt when it was committed, in microseconds
 * @param message the commit message
 * @param metadata the commit's properties
 * @param manifests all manifests that the arrays use, in the order of their ids
 */
public record Snapshot(
    SnapshotId id,
    Optional<SnapshotId> parent,
    List<Node> nodes,
    Instant flushedAt,
    String message,
    SortedMap<String, JsonNode> metadata,
    List<ManifestInfo> manifests) {
  /** Sorts and copies the collections. */
  public Snapshot {
    nodes = sorted(nodes, Node.BY_PATH);
    manifests = sorted(manifests, ManifestInfo.BY_ID);
    flushedAt = Timestamps.check(flushedAt);
    metadata = Sorted.byUtf8(metadata);
    for (int i = 1; i < nodes.size(); i++) {
      if (nodes.get(i).path().equals(nodes.get(i - 1).path())) {
        throw new IllegalArgumentException("Two nodes at " + nodes.get(i).path());
      }
    }
  }

  private static <T> List<T> sorted(List<T> elements, Comparator<T> order) {
    List<T> sorted = new ArrayList<>(elements);
    sorted.sort(order);
    return Collections.unmodifiableList(sorted);
  }

  /** Reads a file of version 1 or 2. */
  public static Snapshot parse(byte[] bytes, Origin origin) {
    FileEnvelope file = FileEnvelope.open(bytes, FileType.SNAPSHOT, origin);
    FlatBytes content = file.content();
    return content.read(() -> SnapshotFile.read(content.root(), file.specVersion()));
  }

  /** The node at {@code path}. */
  public Optional<Node> node(NodePath path) {
    int from = 0;
    int to = nodes.size();
    while (from < to) {
      int middle = (from + to) >>> 1;
      int order = nodes.get(middle).path().compareTo(path);
      if (order == 0) {
        return Optional.of(nodes.get(middle));
      } else if (order < 0) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return Optional.empty();
  }

  /** The file in version 2, compressed at the reference implementation's default level. */
  public byte[] toBytes() {
    return toBytes(FileEnvelope.DEFAULT_LEVEL);
  }

  /** The file in version 2, compressed at a zstd level. The parent is not in it. */
  public byte[] toBytes(int zstdLevel) {
    return FileEnvelope.seal(SnapshotFile.write(this), FileType.SNAPSHOT, zstdLevel);
  }
}
