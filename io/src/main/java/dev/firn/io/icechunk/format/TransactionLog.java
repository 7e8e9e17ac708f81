package dev.firn.io.icechunk.format;

import dev.firn.io.Origin;
import java.util.List;

/**
 * A transaction log (specification, "Transaction Log Files"): what a commit changed. Chunk
 * coordinates stay in the decompressed file and are decoded when asked for; the whole structure was
 * checked when it was parsed.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class TransactionLog {
  private TransactionLog() {}

  /** Reads a file of version 1 or 2. */
  public static TransactionLog parse(byte[] file, Origin origin) {
    throw new IllegalStateException("not yet");
  }

  /** The snapshot that the transaction made. */
  public SnapshotId id() {
    throw new IllegalStateException("not yet");
  }

  /** The nodes it changed. */
  public NodeChanges nodes() {
    throw new IllegalStateException("not yet");
  }

  /** The nodes it moved, each path directly before what is below it. */
  public List<Move> moves() {
    throw new IllegalStateException("not yet");
  }

  /** The arrays of which it set or deleted chunks, ascending. */
  public List<NodeId> arraysWithUpdatedChunks() {
    throw new IllegalStateException("not yet");
  }

  /**
   * The chunks of an array that it set or deleted, ascending, each decoded when it is asked for:
   * {@link java.util.Collections#binarySearch} finds one.
   */
  public List<ChunkIndex> updatedChunks(NodeId array) {
    throw new IllegalStateException("not yet");
  }
}
