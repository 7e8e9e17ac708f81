package dev.firn.io.icechunk.maintenance;

import dev.firn.io.icechunk.format.ManifestId;
import dev.firn.io.icechunk.format.ManifestInfo;
import dev.firn.io.icechunk.format.ManifestRef;
import dev.firn.io.icechunk.format.Node.ArrayNode;
import dev.firn.io.icechunk.format.NodeId;
import dev.firn.io.icechunk.format.NodePath;
import dev.firn.io.icechunk.format.SnapshotId;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * What snapshots say about one manifest. Most snapshots say the same, so that each statement is
 * checked once.
 */
final class ManifestUses {
  /**
   * An array finds its chunks in the manifest.
   *
   * @param node the array
   * @param path where it is
   * @param rank its number of dimensions
   * @param ref where it looks for which chunks
   */
  record Use(NodeId node, NodePath path, int rank, ManifestRef ref) {}

  private final Map<Use, SnapshotId> uses = new LinkedHashMap<>();
  private final Map<ManifestInfo, SnapshotId> infos = new LinkedHashMap<>();

  synchronized void add(SnapshotId snapshot, ArrayNode array, ManifestRef ref) {
    Use use = new Use(array.id(), array.path(), array.dimensions().size(), ref);
    uses.putIfAbsent(use, snapshot);
  }

  synchronized void add(SnapshotId snapshot, ManifestInfo info) {
    infos.putIfAbsent(info, snapshot);
  }

  Map<ManifestInfo, SnapshotId> infos() {
    return infos;
  }

  Set<Use> of(NodeId node) {
    Set<Use> ofNode = new LinkedHashSet<>();
    uses.keySet().stream().filter(use -> use.node().equals(node)).forEach(ofNode::add);
    return ofNode;
  }

  /** What refers to the manifest. */
  String referrer() {
    return uses.entrySet().stream()
        .findFirst()
        .map(use -> text(use.getValue()) + ", array " + use.getKey().path())
        .or(() -> infos.values().stream().findFirst().map(ManifestUses::text))
        .orElse("nothing");
  }

  static String text(SnapshotId snapshot) {
    return "snapshot " + snapshot;
  }

  /** The manifests by id. */
  static final class ById {
    private final Map<ManifestId, ManifestUses> byId = new LinkedHashMap<>();

    synchronized ManifestUses of(ManifestId id) {
      return byId.computeIfAbsent(id, first -> new ManifestUses());
    }

    synchronized Map<ManifestId, ManifestUses> all() {
      return new LinkedHashMap<>(byId);
    }
  }
}
