package dev.firn.io.icechunk.format;

import dev.firn.io.Origin;
import java.util.List;
import java.util.Optional;

/**
 * A chunk manifest (specification, "Chunk Manifest Files"): a view of its decompressed file, whose
 * references are decoded when asked for. The whole structure was checked when it was parsed. Safe
 * for use by several threads.
 */
public final class Manifest {
  private static final int ID = 0;
  private static final int ARRAYS = 1;
  private static final int DICTIONARY = 2;

  private final FlatBytes content;
  private final ManifestId id;
  private final NodeTables arrays;
  private final ChunkRefReader refs;

  private Manifest(FlatBytes content) {
    FlatTable root = content.root();
    this.content = content;
    this.id = root.manifestId(ID);
    this.arrays = new NodeTables(root.pointers(ARRAYS));
    this.refs =
        new ChunkRefReader(
            content,
            root.optionalByteVector(DICTIONARY)
                .map(dictionary -> LocationDictionary.of(dictionary, content)));
  }

  /** Reads a file of version 1 or 2. */
  public static Manifest parse(byte[] bytes, Origin origin) {
    FlatBytes content = FileEnvelope.open(bytes, FileType.MANIFEST, origin).content();
    Manifest manifest = content.read(() -> new Manifest(content));
    manifest.arrays.all().forEach(manifest::check);
    content.withoutAllowance();
    return manifest;
  }

  private void check(FlatVector tables) {
    int last = 0;
    for (int i = 0; i < tables.count(); i++) {
      int at = refs.check(tables.table(i));
      if (at != 0 && at != last) {
        content.charge(content.count(at, 1));
      }
      last = at;
    }
  }

  /** The manifest's id. */
  public ManifestId id() {
    return id;
  }

  /** The arrays that have references here, ascending. */
  public List<NodeId> nodes() {
    return arrays.nodes();
  }

  /** The number of references of all arrays. */
  public long count() {
    long count = 0;
    for (FlatVector tables : arrays.all()) {
      count += tables.count();
    }
    return count;
  }

  /** The reference to one chunk. */
  public Optional<ChunkRef> find(NodeId node, ChunkIndex index) {
    FlatVector tables = tables(node);
    int at = new ChunkIndexes(tables).find(index);
    return at < 0 ? Optional.empty() : Optional.of(ref(tables, at));
  }

  /**
   * The references of an array, ascending, each decoded when it is asked for; none of an array that
   * is not here.
   */
  public List<IndexedChunkRef> refs(NodeId node) {
    FlatVector tables = tables(node);
    ChunkIndexes indexes = new ChunkIndexes(tables);
    return new LazyList<>(tables.count(), i -> new IndexedChunkRef(indexes.get(i), ref(tables, i)));
  }

  /** Where the references of an array are, ascending, each decoded when it is asked for. */
  public List<ChunkIndex> indexes(NodeId node) {
    FlatVector tables = tables(node);
    return new LazyList<>(tables.count(), new ChunkIndexes(tables)::get);
  }

  /** The memory that this view keeps. */
  public long sizeBytes() {
    return content.length();
  }

  private FlatVector tables(NodeId node) {
    return arrays.of(node).orElseGet(() -> FlatVector.empty(content, 4));
  }

  private ChunkRef ref(FlatVector tables, int i) {
    return content.read(() -> refs.read(tables.table(i)));
  }
}
