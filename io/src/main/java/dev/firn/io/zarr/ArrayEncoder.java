package dev.firn.io.zarr;

import dev.firn.io.object.ObjectPath;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Encodes whole arrays that fit memory, coordinates above all: every stored chunk of the grid, with
 * the fill value where a chunk reaches beyond the shape. No chunk is left out.
 */
public final class ArrayEncoder {
  private final ArrayMetadata metadata;
  private final ArrayLayout layout;
  private final ChunkEncoder encoder;
  private final ArrayValues values;

  private ArrayEncoder(ArrayMetadata metadata, ArrayValues values) {
    this.metadata = metadata;
    this.layout = ArrayLayout.of(metadata);
    this.encoder = ChunkEncoder.of(metadata);
    this.values = values;
  }

  /**
   * The stored chunks of an array by their store keys relative to it.
   *
   * @throws IllegalArgumentException when type or shape of {@code values} are not the array's
   */
  public static SortedMap<ObjectPath, byte[]> encode(ArrayMetadata metadata, ArrayValues values) {
    List<Long> shape = Shapes.listOf(values.shape()).stream().map(Integer::longValue).toList();
    if (!metadata.dataType().equals(values.dataType()) || !metadata.shape().equals(shape)) {
      throw new IllegalArgumentException(
          "Invalid values "
              + values
              + ": the array is "
              + metadata.dataType()
              + " "
              + metadata.shape());
    }
    SortedMap<ObjectPath, byte[]> stored = new TreeMap<>();
    ArrayEncoder array = new ArrayEncoder(metadata, values);
    for (long[] index : StoredChunks.all(array.layout)) {
      stored.put(array.layout.storeKey(index), array.storedChunk(index));
    }
    return stored;
  }

  private byte[] storedChunk(long[] index) {
    List<Optional<byte[]>> inner = new ArrayList<>();
    Set<Integer> inArray = Set.copyOf(layout.innerChunksInArray(index));
    for (int i = 0; i < layout.innerCount(); i++) {
      inner.add(
          inArray.contains(i)
              ? Optional.of(encoder.encodeChunk(chunk(index, i)))
              : Optional.empty());
    }
    List<ByteBuffer> parts = encoder.assemble(inner);
    ByteBuffer whole = ByteBuffer.allocate(parts.stream().mapToInt(ByteBuffer::remaining).sum());
    parts.forEach(part -> whole.put(part.duplicate()));
    return whole.array();
  }

  private ByteBuffer chunk(long[] index, int innerIndex) {
    ByteBuffer chunk = ByteBuffer.allocate(encoder.chunkBytes());
    metadata.fillValue().fill(chunk);
    List<Integer> start = new ArrayList<>();
    List<Integer> extent = new ArrayList<>();
    long[] origin = layout.innerOrigin(index, innerIndex);
    for (int d = 0; d < origin.length; d++) {
      start.add((int) origin[d]);
      extent.add(
          (int) Math.min(layout.innerChunkShape().get(d), metadata.shape().get(d) - origin[d]));
    }
    Placed.copy(
        new Placed(values.bytes(), Shapes.listOf(values.shape()), start),
        new Placed(chunk, layout.innerChunkShape()),
        extent,
        metadata.dataType().sizeBytes());
    return chunk;
  }
}
