package dev.firn.io.icechunk;

import dev.firn.io.icechunk.format.ChunkIndex;
import dev.firn.io.icechunk.format.ChunkRange;
import dev.firn.io.icechunk.format.IndexedChunkRef;
import dev.firn.io.icechunk.format.LocationCompression;
import dev.firn.io.icechunk.format.ManifestId;
import dev.firn.io.icechunk.format.ManifestInfo;
import dev.firn.io.icechunk.format.ManifestRef;
import dev.firn.io.icechunk.format.ManifestWriter;
import dev.firn.io.icechunk.format.NodeId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The manifest of one part of an array that is to be written: what former manifests have of the
 * part, and changes on top. Any worker can do it.
 *
 * @param array the array
 * @param part the chunks that the manifest may have
 * @param previous former manifests that have chunks of the part
 * @param compression how locations of virtual chunks are compressed
 * @param zstdLevel the zstd level of the file
 */
public record ManifestJob(
    NodeId array,
    List<ChunkRange> part,
    List<ManifestId> previous,
    LocationCompression compression,
    int zstdLevel) {
  /** Copies the lists. */
  public ManifestJob {
    part = List.copyOf(part);
    previous = List.copyOf(previous);
  }

  /**
   * Writes the manifest; none when no chunk is left.
   *
   * @param changes of chunks of the part, ascending, each chunk once
   */
  public WrittenManifest write(
      RepositoryFiles files, List<ChunkChange> changes, RandomGenerator random) throws IOException {
    ManifestId id = ManifestId.random(random);
    ManifestWriter writer = new ManifestWriter(id, Optional.of(compression));
    Extents.Around around = new Extents.Around();
    MergedRefs merged = new MergedRefs(new Extents(part), changes, formerRefs(files));
    merged.forEach(
        (index, ref) -> {
          writer.add(array, index, ref);
          around.add(index);
        });
    List<ChunkIndex> changed = PackedIndexes.ofChanges(changes);
    if (writer.count() == 0) {
      return new WrittenManifest(this, Optional.empty(), Optional.empty(), changed);
    }
    byte[] file = writer.finish(zstdLevel);
    files.putManifest(id, file);
    return new WrittenManifest(
        this,
        Optional.of(new ManifestRef(id, around.box().ranges())),
        Optional.of(new ManifestInfo(id, file.length, writer.count())),
        changed);
  }

  private List<List<IndexedChunkRef>> formerRefs(RepositoryFiles files) throws IOException {
    List<List<IndexedChunkRef>> former = new ArrayList<>();
    for (ManifestId manifest : previous) {
      former.add(files.manifest(manifest).refs(array));
    }
    return former;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ManifestJob that
        && array.equals(that.array)
        && part.equals(that.part)
        && previous.equals(that.previous)
        && compression.equals(that.compression)
        && zstdLevel == that.zstdLevel;
  }

  @Override
  public int hashCode() {
    return 31 * array.hashCode() + part.hashCode();
  }
}
