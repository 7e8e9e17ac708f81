package dev.firn.io.icechunk;

import dev.firn.io.icechunk.format.ManifestId;
import dev.firn.io.icechunk.format.ManifestInfo;
import dev.firn.io.icechunk.format.ManifestRef;
import dev.firn.io.icechunk.format.Node.ArrayNode;
import dev.firn.io.icechunk.format.Snapshot;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Collects the manifests that a new snapshot lists. */
final class ManifestInfos {
  private final Map<ManifestId, ManifestInfo> known = new HashMap<>();
  private final Map<ManifestId, ManifestInfo> used = new HashMap<>();
  private final Snapshot base;
  private final RepositoryFiles files;

  ManifestInfos(Snapshot base, RepositoryFiles files) {
    this.base = base;
    this.files = files;
    for (ManifestInfo info : base.manifests()) {
      known.put(info.id(), info);
    }
  }

  void add(ManifestInfo info) {
    known.put(info.id(), info);
  }

  /** Lists the manifests of {@code array}. */
  ArrayNode kept(ArrayNode array) {
    for (ManifestRef manifest : array.manifests()) {
      ManifestInfo info = known.get(manifest.id());
      if (info == null) {
        throw files.damaged(base.id(), "it does not list manifest " + manifest.id());
      }
      used.put(info.id(), info);
    }
    return array;
  }

  List<ManifestInfo> all() {
    return List.copyOf(used.values());
  }
}
