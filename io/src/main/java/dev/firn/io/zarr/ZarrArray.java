package dev.firn.io.zarr;

import dev.firn.io.CorruptInputException;
import dev.firn.io.object.ObjectPath;
import dev.firn.io.object.ObjectStore;
import dev.firn.io.object.StoredObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** An array of a store, to be read. The store stays the caller's to close. */
public final class ZarrArray {
  private final ObjectStore store;
  private final ObjectPath path;
  private final ArrayMetadata metadata;
  private final ArrayLayout layout;
  private final ChunkDecoder decoder;

  ZarrArray(ObjectStore store, ObjectPath path, ArrayMetadata metadata) {
    this.store = store;
    this.path = path;
    this.metadata = metadata;
    this.layout = ArrayLayout.of(metadata);
    this.decoder = ChunkDecoder.of(metadata);
  }

  /**
   * The array at {@code node} of the hierarchy whose root is at {@code root} of {@code store}.
   *
   * @throws CorruptInputException when there is none, or its metadata break the specification
   */
  public static ZarrArray open(ObjectStore store, ObjectPath root, NodePath node)
      throws IOException {
    ObjectPath key = root.resolve(node.metadataKey().value());
    StoredObject document =
        store
            .get(key)
            .orElseThrow(
                () ->
                    new CorruptInputException(
                        "open array", ZarrGroup.origin(store, key), "there is no such object"));
    return of(
        store,
        root.resolve(node.value()),
        ArrayMetadata.parse(document.bytes(), ZarrGroup.origin(store, key)));
  }

  /** The array with keys below {@code path} that has these metadata. */
  static ZarrArray of(ObjectStore store, ObjectPath path, ArrayMetadata metadata) {
    try {
      return new ZarrArray(store, path, metadata);
    } catch (IllegalArgumentException invalid) {
      ObjectPath key = path.resolve(NodePath.ROOT.metadataKey().value());
      throw new CorruptInputException(
          "open array", ZarrGroup.origin(store, key), invalid.getMessage(), invalid);
    }
  }

  public ArrayMetadata metadata() {
    return metadata;
  }

  public ArrayLayout layout() {
    return layout;
  }

  /** The whole array, which must fit one buffer. */
  public ArrayValues read() throws IOException {
    int[] shape = metadata.shape().stream().mapToInt(Math::toIntExact).toArray();
    return read(new long[shape.length], shape);
  }

  /**
   * A box of the array, which must fit one buffer. Of shards of which the box has at most half of
   * the chunks, single chunks are fetched.
   *
   * @param start the indices of its first element
   * @param shape its length in each dimension
   */
  public ArrayValues read(long[] start, int[] shape) throws IOException {
    long[] end = end(start, shape);
    ByteBuffer bytes = ByteBuffer.allocate(Shapes.bytes(Shapes.listOf(shape), metadata.dataType()));
    metadata.fillValue().fill(bytes);
    if (bytes.hasRemaining()) {
      Placed box = new Placed(bytes, Shapes.listOf(shape));
      for (long[] index : storedChunks(start, end)) {
        List<Integer> wanted = layout.innerChunksWithin(index, start, end);
        ObjectPath key = path.resolve(layout.storeKey(index).value());
        decoder.readChunks(
            store,
            key,
            wanted,
            (inner, values) -> place(values, layout.innerOrigin(index, inner), box, start));
      }
    }
    return ArrayValues.of(metadata.dataType(), shape, bytes);
  }

  private long[] end(long[] start, int[] shape) {
    long[] end = new long[layout.rank()];
    boolean fits = start.length == end.length && shape.length == end.length;
    for (int d = 0; fits && d < end.length; d++) {
      end[d] = start[d] + shape[d];
      fits = start[d] >= 0 && shape[d] >= 0 && end[d] <= metadata.shape().get(d);
    }
    if (!fits) {
      throw new IllegalArgumentException(
          "Invalid box of shape "
              + Arrays.toString(shape)
              + " at "
              + Arrays.toString(start)
              + ": the array has shape "
              + metadata.shape());
    }
    return end;
  }

  private List<long[]> storedChunks(long[] start, long[] end) {
    long[] first = new long[start.length];
    long[] last = new long[start.length];
    for (int d = 0; d < first.length; d++) {
      first[d] = start[d] / metadata.chunkShape().get(d);
      last[d] = (end[d] - 1) / metadata.chunkShape().get(d);
    }
    return StoredChunks.between(first, last);
  }

  /** Copies what a chunk and the box have in common. */
  private void place(ByteBuffer chunk, long[] chunkOrigin, Placed box, long[] boxOrigin) {
    List<Integer> inChunk = new ArrayList<>();
    List<Integer> inBox = new ArrayList<>();
    List<Integer> extent = new ArrayList<>();
    for (int d = 0; d < chunkOrigin.length; d++) {
      int chunkLength = layout.innerChunkShape().get(d);
      long from = Math.max(chunkOrigin[d], boxOrigin[d]);
      long to = Math.min(chunkOrigin[d] + chunkLength, boxOrigin[d] + box.shape().get(d));
      inChunk.add((int) (from - chunkOrigin[d]));
      inBox.add((int) (from - boxOrigin[d]));
      extent.add((int) (to - from));
    }
    Placed.copy(
        new Placed(chunk, layout.innerChunkShape(), inChunk),
        new Placed(box.values(), box.shape(), inBox),
        extent,
        metadata.dataType().sizeBytes());
  }
}
