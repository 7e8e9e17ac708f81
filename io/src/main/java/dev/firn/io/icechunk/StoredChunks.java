package dev.firn.io.icechunk;

import dev.firn.io.icechunk.format.ChunkIndex;
import dev.firn.io.icechunk.format.ChunkRef;
import dev.firn.io.icechunk.format.IndexedChunkRef;
import dev.firn.io.icechunk.format.ManifestRef;
import dev.firn.io.icechunk.format.Node.ArrayNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The chunks that an array's manifests have.
 *
 * @param files the repository
 * @param array the array
 */
record StoredChunks(RepositoryFiles files, ArrayNode array) {

  Optional<ChunkRef> find(ChunkIndex index) throws IOException {
    for (ManifestRef manifest : array.manifests()) {
      if (manifest.covers(index)) {
        return files.manifest(manifest.id()).find(array.id(), index);
      }
    }
    return Optional.empty();
  }

  /** The references of each manifest, ascending. */
  List<List<IndexedChunkRef>> all() throws IOException {
    List<List<IndexedChunkRef>> refs = new ArrayList<>();
    for (ManifestRef manifest : array.manifests()) {
      refs.add(files.manifest(manifest.id()).refs(array.id()));
    }
    return refs;
  }
}
