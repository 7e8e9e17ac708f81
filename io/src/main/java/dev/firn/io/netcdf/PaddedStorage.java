package dev.firn.io.netcdf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A variable that was not written as far as its unlimited dimension goes: what is beyond has the
 * fill value.
 *
 * @param stored the values that were written
 * @param storedShape how many they are
 * @param fill the bytes of one fill value
 */
record PaddedStorage(VariableStorage stored, List<Integer> storedShape, ByteBuffer fill)
    implements VariableStorage {

  PaddedStorage(VariableStorage stored, List<Integer> storedShape, byte[] fill) {
    this(stored, storedShape, ByteBuffer.wrap(fill));
  }

  @Override
  public void read(Slab slab, RowSink rows) throws IOException {
    if (slab.isWithin(storedShape)) {
      stored.read(slab, rows);
      return;
    }
    byte[] value = new byte[fill.capacity()];
    fill.get(0, value);
    if (slab.size() > 0) {
      FillRows.all(value, slab, rows);
    }
    List<Integer> common =
        IntStream.range(0, storedShape.size())
            .mapToObj(
                i ->
                    Math.max(
                        0,
                        Math.min(slab.shape().get(i), storedShape.get(i) - slab.offset().get(i))))
            .toList();
    if (Slab.size(common) > 0) {
      int step = value.length;
      byte[] bytes = new byte[Math.toIntExact(Slab.size(common) * step)];
      stored.read(
          new Slab(slab.offset(), common),
          (from, offset, index, count) -> from.get(offset, bytes, index * step, count * step));
      new BlockRows(slab.offset(), common, step).copy(ByteBuffer.wrap(bytes), slab, rows);
    }
  }

  @Override
  public long storedBytes() throws IOException {
    return stored.storedBytes();
  }

  @Override
  public Heap heap() {
    return stored.heap();
  }
}
