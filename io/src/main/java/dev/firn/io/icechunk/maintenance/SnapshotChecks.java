package dev.firn.io.icechunk.maintenance;

import dev.firn.io.icechunk.RepositoryFiles;
import dev.firn.io.icechunk.format.ChunkRange;
import dev.firn.io.icechunk.format.ManifestId;
import dev.firn.io.icechunk.format.ManifestRef;
import dev.firn.io.icechunk.format.Node;
import dev.firn.io.icechunk.format.Node.ArrayNode;
import dev.firn.io.icechunk.format.NodeId;
import dev.firn.io.icechunk.format.NodePath;
import dev.firn.io.icechunk.format.RequiredOrder;
import dev.firn.io.icechunk.format.Snapshot;
import dev.firn.io.icechunk.format.SnapshotId;
import dev.firn.io.object.ObjectPath;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Checks snapshots, each by itself, and collects what they say about manifests.
 *
 * @param objects reads files and takes what is found
 * @param manifests takes what snapshots say about manifests
 */
record SnapshotChecks(StoredObjects objects, ManifestUses.ById manifests) {

  /** Checks one; empty when it cannot be read. */
  Optional<Snapshot> check(SnapshotId id, String referrer) throws IOException {
    ObjectPath path = RepositoryFiles.path(RepositoryFiles.SNAPSHOTS, id);
    Optional<Snapshot> read =
        objects.read(path, Snapshot::parse, RequiredOrder::ofSnapshot, referrer);
    read.ifPresent(snapshot -> new One(snapshot, id, path, referrer).check());
    return read;
  }

  /** One snapshot. */
  private final class One {
    private final Snapshot snapshot;
    private final SnapshotId id;
    private final ObjectPath path;
    private final String referrer;

    One(Snapshot snapshot, SnapshotId id, ObjectPath path, String referrer) {
      this.snapshot = snapshot;
      this.id = id;
      this.path = path;
      this.referrer = referrer;
    }

    private void damaged(String detail) {
      objects.damaged(path, detail, referrer);
    }

    void check() {
      if (!snapshot.id().equals(id)) {
        damaged("it is snapshot " + snapshot.id() + ", expected " + id);
      }
      Set<ManifestId> listed = new HashSet<>();
      snapshot
          .manifests()
          .forEach(
              info -> {
                listed.add(info.id());
                manifests.of(info.id()).add(id, info);
              });
      Map<NodeId, NodePath> ids = new HashMap<>();
      for (Node node : snapshot.nodes()) {
        NodePath other = ids.put(node.id(), node.path());
        if (other != null) {
          damaged("nodes " + other + " and " + node.path() + " are both " + node.id());
        }
        if (node instanceof ArrayNode array) {
          check(array, listed);
        }
      }
    }

    private void check(ArrayNode array, Set<ManifestId> listed) {
      for (ManifestRef ref : array.manifests()) {
        manifests.of(ref.id()).add(id, array, ref);
        if (!listed.contains(ref.id())) {
          damaged(
              "array " + array.path() + " uses manifest " + ref.id() + ", which it does not list");
        }
        if (ref.extents().size() != array.dimensions().size()) {
          damaged(
              "array %s has %d dimensions, the extents of its manifest %s have %d"
                  .formatted(
                      array.path(), array.dimensions().size(), ref.id(), ref.extents().size()));
        }
      }
      overlap(array.manifests())
          .ifPresent(
              both -> damaged("of array " + array.path() + ", " + both + " have the same chunks"));
    }
  }

  /**
   * Two manifests that both may have some chunk: they are compared in the order of their starts.
   */
  private static Optional<String> overlap(List<ManifestRef> refs) {
    List<ManifestRef> byStart =
        refs.stream()
            .filter(ref -> !ref.extents().isEmpty())
            .sorted(Comparator.comparing(ref -> ref.extents().get(0).from()))
            .toList();
    for (int i = 0; i < byStart.size(); i++) {
      ManifestRef left = byStart.get(i);
      for (int j = i + 1; j < byStart.size(); j++) {
        ManifestRef right = byStart.get(j);
        if (right.extents().get(0).from() >= left.extents().get(0).to()) {
          break;
        }
        if (overlap(left.extents(), right.extents())) {
          return Optional.of("manifests " + left.id() + " and " + right.id());
        }
      }
    }
    return Optional.empty();
  }

  private static boolean overlap(List<ChunkRange> left, List<ChunkRange> right) {
    for (int d = 0; d < Math.min(left.size(), right.size()); d++) {
      if (left.get(d).to() <= right.get(d).from() || right.get(d).to() <= left.get(d).from()) {
        return false;
      }
    }
    return true;
  }
}
