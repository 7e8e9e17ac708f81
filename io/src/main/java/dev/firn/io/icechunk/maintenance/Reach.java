package dev.firn.io.icechunk.maintenance;

import dev.firn.io.icechunk.RepositoryFiles;
import dev.firn.io.icechunk.format.ChunkRef.NativeChunk;
import dev.firn.io.icechunk.format.IndexedChunkRef;
import dev.firn.io.icechunk.format.Manifest;
import dev.firn.io.icechunk.format.ManifestId;
import dev.firn.io.icechunk.format.Node.ArrayNode;
import dev.firn.io.icechunk.format.NodeId;
import dev.firn.io.icechunk.format.Snapshot;
import dev.firn.io.icechunk.format.SnapshotId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** The manifests and chunk objects that snapshots use. A damaged file is an exception. */
final class Reach {
  private final RepositoryFiles files;
  private final Workers workers;
  private final Progress progress;
  private final Set<ManifestId> manifests = ConcurrentHashMap.newKeySet();
  private final ChunkIdMap chunks = new ChunkIdMap();

  Reach(RepositoryFiles files, Workers workers, Progress progress) {
    this.files = files;
    this.workers = workers;
    this.progress = progress;
  }

  /** Adds what {@code snapshots} use. */
  void add(Collection<SnapshotId> snapshots) throws IOException {
    Set<ManifestId> before = new HashSet<>(manifests);
    AtomicLong read = new AtomicLong();
    workers.forEach(
        List.copyOf(snapshots),
        id -> {
          addManifests(files.snapshot(id));
          progress.at("read snapshots", read.incrementAndGet(), snapshots.size());
        });
    List<ManifestId> added = new ArrayList<>(manifests);
    added.removeIf(before::contains);
    read.set(0);
    workers.forEach(
        added,
        id -> {
          addChunks(files.manifest(id));
          progress.at("read manifests", read.incrementAndGet(), added.size());
        });
  }

  private void addManifests(Snapshot snapshot) {
    snapshot.manifests().forEach(info -> manifests.add(info.id()));
    snapshot.nodes().stream()
        .filter(ArrayNode.class::isInstance)
        .flatMap(node -> ((ArrayNode) node).manifests().stream())
        .forEach(ref -> manifests.add(ref.id()));
  }

  private void addChunks(Manifest manifest) {
    for (NodeId node : manifest.nodes()) {
      for (IndexedChunkRef entry : manifest.refs(node)) {
        if (entry.ref() instanceof NativeChunk chunk) {
          chunks.put(chunk.id(), 0);
        }
      }
    }
  }

  Set<ManifestId> manifests() {
    return manifests;
  }

  ChunkIdMap chunks() {
    return chunks;
  }
}
