package dev.firn.io.netcdf;

import java.nio.ByteBuffer;

/** Takes values that lie one after the other both in a file and in the slab that is read. */
@FunctionalInterface
interface RowSink {

  /**
   * Takes {@code count} values.
   *
   * @param stored holds them from byte {@code offset} on, in the file's byte order
   * @param index of the first in the slab, in C order
   */
  void row(ByteBuffer stored, int offset, int index, int count);
}
