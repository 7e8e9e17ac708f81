package dev.firn.io.icechunk.maintenance;

import dev.firn.io.icechunk.RepositoryFiles;
import dev.firn.io.icechunk.format.IndexedChunkRef;
import dev.firn.io.icechunk.format.ManifestId;
import dev.firn.io.icechunk.format.Node.ArrayNode;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/** Counts the chunks of arrays. */
public final class ArrayContents {
  private ArrayContents() {}

  /** The chunk references of an array, in all of its manifests. */
  public static ChunkCounts of(ArrayNode array, RepositoryFiles files) throws IOException {
    ChunkCounts.Counter counter = new ChunkCounts.Counter();
    Set<ManifestId> manifests = new HashSet<>();
    array.manifests().forEach(ref -> manifests.add(ref.id()));
    for (ManifestId manifest : manifests) {
      for (IndexedChunkRef entry : files.manifest(manifest).refs(array.id())) {
        counter.add(entry.ref());
      }
    }
    return counter.counts();
  }
}
