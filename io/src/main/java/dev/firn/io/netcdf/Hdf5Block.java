package dev.firn.io.netcdf;

import dev.firn.io.CorruptInputException;
import java.nio.ByteBuffer;
import java.util.List;

/** Values in one piece, in the file (contiguous layout) or in the header (compact layout). */
final class Hdf5Block implements VariableStorage {
  private final Hdf5Header header;
  private final ByteBuffer values;
  private final byte[] fill;
  private final Heap heap;

  /** With no bytes, nothing was ever written. */
  Hdf5Block(Hdf5Header header, ByteBuffer values, byte[] fill, Heap heap) {
    this.header = header;
    this.values = values;
    this.fill = fill;
    this.heap = heap;
  }

  @Override
  public void read(Slab slab, RowSink rows) {
    if (slab.size() == 0) {
      return;
    }
    if (!values.hasRemaining()) {
      FillRows.all(fill, slab, rows);
      return;
    }
    List<Integer> shape = header.shape();
    int step = header.type().sizeBytes();
    if (Slab.size(shape) > values.remaining() / step) {
      throw new CorruptInputException(
          "read variable " + header.path(),
          header.origin(),
          "%s values of %d bytes are stored in %d".formatted(shape, step, values.remaining()));
    }
    new BlockRows(Slab.all(shape).offset(), shape, step).copy(values, slab, rows);
  }

  @Override
  public long storedBytes() {
    return values.remaining();
  }

  @Override
  public Heap heap() {
    return heap;
  }
}
