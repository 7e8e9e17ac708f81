package dev.firn.io.icechunk.format;

import dev.firn.io.Origin;
import dev.firn.io.icechunk.format.Move.NodeType;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A transaction log (specification, "Transaction Log Files"): what a commit changed. Chunk
 * coordinates stay in the decompressed file and are decoded when asked for; the whole structure was
 * checked when it was parsed. Safe for use by several threads.
 */
public final class TransactionLog {
  /** Node types by their codes. */
  static final List<NodeType> NODE_TYPES = List.of(NodeType.GROUP, NodeType.ARRAY);

  static final int ID = 0;
  static final int NEW_GROUPS = 1;
  static final int NEW_ARRAYS = 2;
  static final int DELETED_GROUPS = 3;
  static final int DELETED_ARRAYS = 4;
  static final int UPDATED_ARRAYS = 5;
  static final int UPDATED_GROUPS = 6;
  static final int UPDATED_CHUNKS = 7;
  static final int MOVES = 8;
  static final int FIELDS = 10;

  private final SnapshotId id;
  private final NodeChanges nodes;
  private final List<Move> moves;
  private final NodeTables updatedChunks;

  private TransactionLog(FlatTable root) {
    this.id = root.snapshotId(ID);
    this.nodes =
        new NodeChanges(
            ids(root, NEW_GROUPS),
            ids(root, NEW_ARRAYS),
            ids(root, DELETED_GROUPS),
            ids(root, DELETED_ARRAYS),
            ids(root, UPDATED_GROUPS),
            ids(root, UPDATED_ARRAYS));
    this.moves = root.optionalVector(MOVES, 4).tables(TransactionLog::move);
    this.updatedChunks = new NodeTables(root.pointers(UPDATED_CHUNKS));
  }

  /** Reads a file of version 1 or 2. */
  public static TransactionLog parse(byte[] bytes, Origin origin) {
    FlatBytes content = FileEnvelope.open(bytes, FileType.TRANSACTION_LOG, origin).content();
    return content.read(() -> new TransactionLog(content.root()));
  }

  private static SortedSet<NodeId> ids(FlatTable root, int field) {
    return new TreeSet<>(root.vector(field, NodeId.LENGTH).elements(root.bytes()::nodeId));
  }

  private static Move move(FlatTable move) {
    int type = move.uint8(3, 0);
    if (type >= NODE_TYPES.size()) {
      throw move.bytes().corrupt("a move of a node of type " + type + ", expected 0 or 1");
    }
    return new Move(
        new NodePath(move.string(0)),
        new NodePath(move.string(1)),
        move.nodeId(2),
        NODE_TYPES.get(type));
  }

  /** The snapshot that the transaction made. */
  public SnapshotId id() {
    return id;
  }

  /** The nodes it changed. */
  public NodeChanges nodes() {
    return nodes;
  }

  /** The nodes it moved, each path directly before what is below it. */
  public List<Move> moves() {
    return moves;
  }

  /** The arrays of which it set or deleted chunks, ascending. */
  public List<NodeId> arraysWithUpdatedChunks() {
    return updatedChunks.nodes();
  }

  /**
   * The chunks of an array that it set or deleted, ascending, each decoded when it is asked for:
   * {@link java.util.Collections#binarySearch} finds one.
   */
  public List<ChunkIndex> updatedChunks(NodeId array) {
    return updatedChunks
        .of(array)
        .<List<ChunkIndex>>map(
            tables -> new LazyList<>(tables.count(), new ChunkIndexes(tables)::get))
        .orElse(List.of());
  }
}
