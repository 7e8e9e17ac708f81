package dev.firn.io.icechunk.format;

import dev.firn.io.Origin;
import java.util.List;
import java.util.Optional;

/**
 * A chunk manifest (specification, "Chunk Manifest Files"): a view of its decompressed file, whose
 * references are decoded when asked for. The whole structure was checked when it was parsed.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class Manifest {
  private Manifest() {}

  /** Reads a file of version 1 or 2. */
  public static Manifest parse(byte[] file, Origin origin) {
    throw new IllegalStateException("not yet");
  }

  /** The manifest's id. */
  public ManifestId id() {
    throw new IllegalStateException("not yet");
  }

  /** The arrays that have references here, ascending. */
  public List<NodeId> nodes() {
    throw new IllegalStateException("not yet");
  }

  /** The number of references of all arrays. */
  public long count() {
    throw new IllegalStateException("not yet");
  }

  /** The reference to one chunk. */
  public Optional<ChunkRef> find(NodeId node, ChunkIndex index) {
    throw new IllegalStateException("not yet");
  }

  /**
   * The references of an array, ascending, each decoded when it is asked for; none of an array that
   * is not here.
   */
  public List<IndexedChunkRef> refs(NodeId node) {
    throw new IllegalStateException("not yet");
  }

  /** Where the references of an array are, ascending, each decoded when it is asked for. */
  public List<ChunkIndex> indexes(NodeId node) {
    throw new IllegalStateException("not yet");
  }

  /** The memory that this view keeps. */
  public long sizeBytes() {
    throw new IllegalStateException("not yet");
  }
}
