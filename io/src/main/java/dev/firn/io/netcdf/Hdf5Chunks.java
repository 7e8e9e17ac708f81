package dev.firn.io.netcdf;

import dev.firn.io.CorruptInputException;
import dev.firn.io.Origin;
import dev.firn.io.UnsupportedFeatureException;
import io.jhdf.dataset.chunked.Chunk;
import io.jhdf.object.message.DataLayoutMessage;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Values in chunks, each through filters (HDF5 format specification, IV.A.2.i). */
final class Hdf5Chunks implements VariableStorage {
  private final Hdf5Header header;
  private final DataLayoutMessage layout;
  private final byte[] fill;
  private final Heap heap;
  private Map<List<Integer>, Chunk> index = Map.of();
  private boolean isIndexRead;
  private ChunkFilters filters;

  Hdf5Chunks(Hdf5Header header, DataLayoutMessage layout, byte[] fill, Heap heap) {
    this.header = header;
    this.layout = layout;
    this.fill = fill;
    this.heap = heap;
  }

  private List<Integer> chunkShape() {
    return header.chunkShape().orElseThrow();
  }

  private int chunkBytes() {
    try {
      return Math.toIntExact(
          Math.multiplyExact(Slab.size(chunkShape()), (long) header.type().sizeBytes()));
    } catch (ArithmeticException e) {
      throw new UnsupportedFeatureException(
          "chunks of %s values of variable %s, too many for an array"
              .formatted(chunkShape(), header.path()),
          header.origin());
    }
  }

  private Map<List<Integer>, Chunk> index() {
    if (!isIndexRead) {
      index =
          LibraryCall.ask(
              "read chunk index of variable " + header.path(),
              header.origin(),
              () -> new Hdf5ChunkIndex(header, layout).chunks());
      filters = new ChunkFilters(header.filters(), chunkBytes(), "variable " + header.path());
      isIndexRead = true;
    }
    return index;
  }

  @Override
  public void read(Slab slab, RowSink rows) {
    if (slab.size() == 0) {
      return;
    }
    if (index().isEmpty()) {
      FillRows.all(fill, slab, rows);
      return;
    }
    List<Integer> shape = chunkShape();
    int[] first =
        IntStream.range(0, shape.size())
            .map(i -> slab.offset().get(i) / shape.get(i) * shape.get(i))
            .toArray();
    int[] at = first.clone();
    while (true) {
      chunk(IntStream.of(at).boxed().toList(), slab, rows);
      int i = at.length - 1;
      while (i >= 0 && isPast((long) at[i] + shape.get(i), slab, i)) {
        at[i] = first[i];
        i--;
      }
      if (i < 0) {
        return;
      }
      at[i] += shape.get(i);
    }
  }

  private static boolean isPast(long next, Slab slab, int dimension) {
    return next >= (long) slab.offset().get(dimension) + slab.shape().get(dimension);
  }

  private void chunk(List<Integer> offset, Slab slab, RowSink rows) {
    BlockRows block = new BlockRows(offset, chunkShape(), header.type().sizeBytes());
    Chunk chunk = index().get(offset);
    if (chunk == null) {
      block.copy(ByteBuffer.allocate(0), slab, new FillRows(fill, rows));
      return;
    }
    ByteBuffer stored = header.bytes(chunk.getAddress(), chunk.getSize(), "chunk " + offset);
    BitSet skipped = chunk.getFilterMask() == null ? new BitSet() : chunk.getFilterMask();
    Origin place = Origin.of(header.origin().name(), chunk.getAddress());
    block.copy(filters.decode(stored, skipped, offset.toString(), place), slab, rows);
  }

  @Override
  public long storedBytes() {
    long stored = index().values().stream().mapToLong(Chunk::getSize).sum();
    if (stored > header.file().size()) {
      throw new CorruptInputException(
          "read chunk index of variable " + header.path(),
          header.origin(),
          "chunks of " + stored + " bytes, in a file of " + header.file().size());
    }
    return stored;
  }

  @Override
  public Heap heap() {
    return heap;
  }
}
