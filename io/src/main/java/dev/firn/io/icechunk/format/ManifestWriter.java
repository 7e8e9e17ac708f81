package dev.firn.io.icechunk.format;

import java.util.Optional;

/**
 * Writes a manifest of version 2 from references that arrive in order, with the memory of the
 * uncompressed file.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class ManifestWriter {
  /**
   * Begins a manifest.
   *
   * @param id its id
   * @param compression how locations of virtual chunks are compressed, when they are
   */
  public ManifestWriter(ManifestId id, Optional<LocationCompression> compression) {}

  /** Adds a reference, which must come after all others in the order of (node, index). */
  public void add(NodeId node, ChunkIndex index, ChunkRef ref) {
    throw new IllegalStateException("not yet");
  }

  /** The number of references added. */
  public long count() {
    throw new IllegalStateException("not yet");
  }

  /** Ends the manifest: the file, compressed at a zstd level. */
  public byte[] finish(int zstdLevel) {
    throw new IllegalStateException("not yet");
  }
}
