package dev.firn.io.icechunk.format;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;

/**
 * Writes a transaction log of version 2 from chunk coordinates that arrive in order, with the
 * memory of the uncompressed file.
 */
public final class TransactionLogWriter {
  private final FlatWriter out = new FlatWriter();
  private final ChunkSequence updatedChunks = new ChunkSequence();
  private final SnapshotId id;
  private final NodeChanges nodes;
  private final List<Move> moves;

  /** Begins the log of the transaction that makes a snapshot. */
  public TransactionLogWriter(SnapshotId id, NodeChanges nodes, List<Move> moves) {
    this.id = id;
    this.nodes = nodes;
    this.moves = new ArrayList<>(moves);
    this.moves.sort(Move.BY_TARGET);
  }

  /** Adds a chunk, which must come after all others in the order of (array, index). */
  public void addUpdatedChunk(NodeId array, ChunkIndex index) {
    Positions positions = updatedChunks.next(array, index);
    int coordinates = out.coordinates(index);
    positions.add(out.table(1).pointer(0, coordinates).end());
  }

  /** Ends the log: the file, compressed at a zstd level. */
  public byte[] finish(int zstdLevel) {
    int chunks = updatedChunks.write(out, 2);
    int moved = moves();
    int newGroups = ids(nodes.newGroups());
    int newArrays = ids(nodes.newArrays());
    int deletedGroups = ids(nodes.deletedGroups());
    int deletedArrays = ids(nodes.deletedArrays());
    int updatedGroups = ids(nodes.updatedGroups());
    int updatedArrays = ids(nodes.updatedArrays());
    out.finish(
        out.table(TransactionLog.FIELDS)
            .pointer(TransactionLog.NEW_GROUPS, newGroups)
            .pointer(TransactionLog.NEW_ARRAYS, newArrays)
            .pointer(TransactionLog.DELETED_GROUPS, deletedGroups)
            .pointer(TransactionLog.DELETED_ARRAYS, deletedArrays)
            .pointer(TransactionLog.UPDATED_ARRAYS, updatedArrays)
            .pointer(TransactionLog.UPDATED_GROUPS, updatedGroups)
            .pointer(TransactionLog.UPDATED_CHUNKS, chunks)
            .pointer(TransactionLog.MOVES, moved)
            .struct(TransactionLog.ID, id.bytes())
            .end());
    return FileEnvelope.seal(out, FileType.TRANSACTION_LOG, zstdLevel);
  }

  private int ids(SortedSet<NodeId> ids) {
    return out.ids(List.copyOf(ids));
  }

  private int moves() {
    Positions tables = new Positions();
    for (Move move : moves) {
      int from = out.string(move.from().value());
      int to = out.string(move.to().value());
      tables.add(
          out.table(4)
              .pointer(0, from)
              .pointer(1, to)
              .struct(2, move.id().bytes())
              .uint8(3, TransactionLog.NODE_TYPES.indexOf(move.type()), 0)
              .end());
    }
    return out.pointers(tables);
  }
}
