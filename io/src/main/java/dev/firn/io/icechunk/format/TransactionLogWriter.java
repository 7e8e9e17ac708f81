package dev.firn.io.icechunk.format;

import java.util.List;

/**
 * Writes a transaction log of version 2 from chunk coordinates that arrive in order, with the
 * memory of the uncompressed file.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class TransactionLogWriter {
  /** Begins the log of the transaction that makes a snapshot. */
  public TransactionLogWriter(SnapshotId id, NodeChanges nodes, List<Move> moves) {}

  /** Adds a chunk, which must come after all others in the order of (array, index). */
  public void addUpdatedChunk(NodeId array, ChunkIndex index) {
    throw new IllegalStateException("not yet");
  }

  /** Ends the log: the file, compressed at a zstd level. */
  public byte[] finish(int zstdLevel) {
    throw new IllegalStateException("not yet");
  }
}
