package dev.firn.io.netcdf;

import java.nio.ByteBuffer;

/** Rows of a fill value, for what was never written. */
final class FillRows implements RowSink {
  private static final int BUFFER_BYTES = 1 << 16;

  private final ByteBuffer filled;
  private final int most;
  private final RowSink rows;

  /**
   * Hands on rows with the fill value in place of what they have.
   *
   * @param fill the bytes of one value
   */
  FillRows(byte[] fill, RowSink rows) {
    this.most = Math.max(1, BUFFER_BYTES / fill.length);
    this.filled = ByteBuffer.allocate(most * fill.length);
    while (filled.hasRemaining()) {
      filled.put(fill);
    }
    filled.flip();
    this.rows = rows;
  }

  /** Fills all of {@code slab}. */
  static void all(byte[] fill, Slab slab, RowSink rows) {
    new FillRows(fill, rows).row(ByteBuffer.allocate(0), 0, 0, (int) slab.size());
  }

  @Override
  public void row(ByteBuffer stored, int offset, int index, int count) {
    for (int done = 0; done < count; done += most) {
      rows.row(filled, 0, index + done, Math.min(most, count - done));
    }
  }
}
