package dev.firn.io.icechunk.format;

import dev.firn.io.icechunk.format.Node.ArrayNode;
import dev.firn.io.icechunk.format.Node.GroupNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The table {@code NodeSnapshot}, of both versions. */
final class NodeTable {
  private static final int ID = 0;
  private static final int PATH = 1;
  private static final int USER_DATA = 2;
  private static final int DATA_TYPE = 3;
  private static final int DATA = 4;
  private static final int EXTRA = 5;
  private static final int FIELDS = 6;
  private static final int ARRAY = 1;
  private static final int GROUP = 2;

  /** Fields of the table {@code ArrayNodeData}. */
  private static final int SHAPE_1 = 0;

  private static final int NAMES = 1;
  private static final int MANIFESTS = 2;
  private static final int SHAPE_2 = 3;
  private static final int ARRAY_FIELDS = 4;

  /** The struct {@code DimensionShape}: the lengths of the dimension and of a chunk. */
  private static final int SHAPE_BYTES = 16;

  private static final int SHAPE_ALIGNMENT = 8;
  private static final int RANGE_BYTES = 8;

  private NodeTable() {}

  static Node read(FlatTable table) {
    NodeId id = table.nodeId(ID);
    NodePath path = new NodePath(table.string(PATH));
    Bytes userData = table.byteVector(USER_DATA);
    Optional<Bytes> extra = table.optionalByteVector(EXTRA);
    FlatTable data = table.table(DATA);
    return switch (table.uint8(DATA_TYPE, 0)) {
      case GROUP -> new GroupNode(id, path, userData, extra);
      case ARRAY ->
          new ArrayNode(
              id,
              path,
              userData,
              dimensions(data),
              data.pointers(MANIFESTS).tables(NodeTable::manifest),
              extra);
      default ->
          throw table.bytes().corrupt("node " + path + " of type " + table.uint8(DATA_TYPE, 0));
    };
  }

  private static List<Dimension> dimensions(FlatTable data) {
    List<Dimension> unnamed = data.has(SHAPE_2) ? shape2(data) : shape1(data);
    FlatVector names = data.optionalVector(NAMES, 4);
    if (names.count() == 0) {
      return unnamed;
    }
    if (names.count() != unnamed.size()) {
      throw data.bytes().corrupt(names.count() + " names for " + unnamed.size() + " dimensions");
    }
    List<Dimension> named = new ArrayList<>();
    for (int i = 0; i < unnamed.size(); i++) {
      Dimension dimension = unnamed.get(i);
      Optional<String> name = names.table(i).optionalString(0);
      named.add(new Dimension(dimension.length(), dimension.chunks(), name));
    }
    return named;
  }

  private static List<Dimension> shape1(FlatTable data) {
    FlatBytes bytes = data.bytes();
    return data.vector(SHAPE_1, SHAPE_BYTES)
        .elements(at -> dimension1(bytes.int64(at), bytes.int64(at + 8)));
  }

  /** A dimension of which the length of a chunk is known, not the number of chunks. */
  private static Dimension dimension1(long length, long chunkLength) {
    if (chunkLength < 0 || (chunkLength == 0 && length != 0)) {
      throw new IllegalArgumentException(
          "Invalid chunk length " + chunkLength + " of a dimension of " + length);
    }
    long chunks = chunkLength == 0 ? 0 : -Math.floorDiv(-length, chunkLength);
    return new Dimension(length, chunks, Optional.empty());
  }

  private static List<Dimension> shape2(FlatTable data) {
    List<Dimension> dimensions = new ArrayList<>();
    for (FlatTable shape : data.pointers(SHAPE_2).tables()) {
      dimensions.add(new Dimension(shape.uint63(0), shape.uint32(1), Optional.empty()));
    }
    return dimensions;
  }

  private static ManifestRef manifest(FlatTable table) {
    FlatBytes bytes = table.bytes();
    List<ChunkRange> extents =
        table
            .vector(1, RANGE_BYTES)
            .elements(at -> new ChunkRange(bytes.uint32(at), bytes.uint32(at + 4)));
    return new ManifestRef(table.manifestId(0), extents);
  }

  static int write(FlatWriter out, Node node) {
    int path = out.string(node.path().value());
    int userData = out.bytes(node.userData().array());
    int extra = out.optionalBytes(node.extra());
    boolean isArray = node instanceof ArrayNode;
    int data = node instanceof ArrayNode array ? write(out, array) : out.table(0).end();
    return out.table(FIELDS)
        .pointer(PATH, path)
        .pointer(USER_DATA, userData)
        .pointer(DATA, data)
        .pointer(EXTRA, extra)
        .struct(ID, node.id().bytes())
        .uint8(DATA_TYPE, isArray ? ARRAY : GROUP, 0)
        .end();
  }

  private static int write(FlatWriter out, ArrayNode array) {
    Positions manifests = new Positions();
    for (ManifestRef ref : array.manifests()) {
      int extents = out.ranges(ref.extents());
      manifests.add(out.table(2).pointer(1, extents).struct(0, ref.id().bytes()).end());
    }
    Positions shapes = new Positions();
    Positions names = new Positions();
    boolean hasNames = false;
    for (Dimension dimension : array.dimensions()) {
      shapes.add(
          out.table(2).int64(0, dimension.length()).int32(1, (int) dimension.chunks()).end());
      int name = out.optionalString(dimension.name());
      names.add(out.table(1).pointer(0, name).end());
      hasNames |= dimension.name().isPresent();
    }
    int manifestVector = out.pointers(manifests);
    int shapeVector = out.pointers(shapes);
    int nameVector = hasNames ? out.pointers(names) : 0;
    int noShapes = out.emptyVector(SHAPE_ALIGNMENT);
    return out.table(ARRAY_FIELDS)
        .pointer(SHAPE_1, noShapes)
        .pointer(NAMES, nameVector)
        .pointer(MANIFESTS, manifestVector)
        .pointer(SHAPE_2, shapeVector)
        .end();
  }
}
