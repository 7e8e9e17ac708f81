package dev.firn.io.icechunk.maintenance;

import dev.firn.io.icechunk.RepositoryFiles;
import dev.firn.io.icechunk.format.ChunkIndex;
import dev.firn.io.icechunk.format.ChunkRef;
import dev.firn.io.icechunk.format.ChunkRef.NativeChunk;
import dev.firn.io.icechunk.format.ChunkRef.VirtualChunk;
import dev.firn.io.icechunk.format.IndexedChunkRef;
import dev.firn.io.icechunk.format.Manifest;
import dev.firn.io.icechunk.format.ManifestId;
import dev.firn.io.icechunk.format.NodeId;
import dev.firn.io.icechunk.maintenance.ManifestUses.Use;
import dev.firn.io.object.ObjectPath;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Checks manifests against what snapshots say about them and against the chunk objects there are.
 *
 * @param objects reads files and takes what is found
 * @param chunks the length of every chunk object
 * @param virtual takes virtual chunks
 * @param reported chunk objects that something was already said about
 */
record ManifestChecks(
    StoredObjects objects, ChunkIdMap chunks, VirtualObjects virtual, ChunkIdMap reported) {

  /**
   * Checks one.
   *
   * @return the references that arrays find in it; empty when it cannot be read
   */
  Optional<ChunkCounts> check(ManifestId id, ManifestUses uses) throws IOException {
    ObjectPath path = RepositoryFiles.path(RepositoryFiles.MANIFESTS, id);
    return objects.read(
        path,
        (file, origin) -> {
          Manifest manifest = Manifest.parse(file, origin);
          if (!manifest.id().equals(id)) {
            objects.damaged(path, "it is " + manifest.id() + ", expected " + id, uses.referrer());
          }
          checkInfos(path, uses, file.length, manifest.count());
          return checkRefs(path, manifest, uses);
        },
        uses.referrer());
  }

  private void checkInfos(ObjectPath path, ManifestUses uses, long sizeBytes, long count) {
    uses.infos()
        .forEach(
            (info, snapshot) -> {
              if (info.sizeBytes() != sizeBytes || info.chunkRefs() != count) {
                objects.damaged(
                    path,
                    "it has %d bytes and %d references, expected %d and %d"
                        .formatted(sizeBytes, count, info.sizeBytes(), info.chunkRefs()),
                    ManifestUses.text(snapshot));
              }
            });
  }

  private ChunkCounts checkRefs(ObjectPath path, Manifest manifest, ManifestUses uses) {
    ChunkCounts.Counter counter = new ChunkCounts.Counter();
    for (NodeId node : manifest.nodes()) {
      Set<Use> ofNode = uses.of(node);
      // Arrays that no snapshot has any more may be left in a manifest of several.
      List<IndexedChunkRef> refs = ofNode.isEmpty() ? List.of() : manifest.refs(node);
      for (IndexedChunkRef entry : refs) {
        counter.add(entry.ref());
        checkCovered(path, entry.index(), ofNode);
        checkPlace(
            entry.ref(),
            new ChunkReferrer(manifest.id(), ofNode.iterator().next().path(), entry.index()));
      }
    }
    return counter.counts();
  }

  private void checkCovered(ObjectPath path, ChunkIndex index, Set<Use> uses) {
    for (Use use : uses) {
      if (index.rank() != use.rank() || !use.ref().covers(index)) {
        objects.damaged(
            path,
            "it has chunk %s, outside of the extents %s that array %s of %d dimensions has there"
                .formatted(index, use.ref().extents(), use.path(), use.rank()),
            "array " + use.path());
      }
    }
  }

  private void checkPlace(ChunkRef ref, ChunkReferrer referrer) {
    if (ref instanceof NativeChunk chunk) {
      checkStored(chunk, referrer);
    } else if (ref instanceof VirtualChunk chunk) {
      virtual.add(chunk, referrer);
    }
  }

  private void checkStored(NativeChunk chunk, ChunkReferrer referrer) {
    OptionalLong stored = chunks.get(chunk.id());
    long wanted = chunk.offset() + chunk.lengthBytes();
    boolean whole = stored.isPresent() && stored.getAsLong() >= wanted;
    if (whole || reported.get(chunk.id()).isPresent()) {
      return;
    }
    reported.put(chunk.id(), 0);
    ObjectPath path = RepositoryFiles.path(RepositoryFiles.CHUNKS, chunk.id());
    if (stored.isEmpty()) {
      objects.missing(path, referrer.toString());
    } else {
      objects.damaged(
          path,
          "it has " + stored.getAsLong() + " bytes, expected at least " + wanted,
          referrer.toString());
    }
  }
}
