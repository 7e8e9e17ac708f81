package dev.firn.io.icechunk;

import dev.firn.io.icechunk.format.ChunkIndex;
import dev.firn.io.icechunk.format.ChunkRef;
import dev.firn.io.icechunk.format.Manifest;
import dev.firn.io.icechunk.format.NodeId;
import java.io.IOException;
import java.util.Optional;

/**
 * Turns manifests that others wrote for a session back into changes of chunks, for a commit that
 * cannot take them as they are: the array changed meanwhile.
 *
 * @param files the repository
 * @param changes of the session
 */
record WrittenChunks(RepositoryFiles files, ChangeSet changes) {

  /** Does it for one array; chunks that the session changed later stay as they are. */
  void dissolve(NodeId array, int rank) throws IOException {
    for (WrittenManifest manifest : changes.writtenManifests(array)) {
      for (ChunkIndex index : manifest.changed()) {
        if (changes.chunks(array).flatMap(table -> table.find(index)).isEmpty()) {
          changes.setChunk(array, rank, new ChunkChange(index, ref(manifest, index)));
        }
      }
    }
    changes.dropWritten(array);
  }

  /** What a manifest that was written has of a chunk that it changed. */
  Optional<ChunkRef> ref(WrittenManifest written, ChunkIndex index) throws IOException {
    if (written.ref().isEmpty()) {
      return Optional.empty();
    }
    Manifest manifest = files.manifest(written.ref().get().id());
    return manifest.find(written.job().array(), index);
  }
}
