package dev.firn.io.netcdf;

import java.nio.ByteBuffer;

/** What values refer to that do not lie in their place (HDF5 format specification, III.E). */
interface Heap {

  /** The heap of formats without one. */
  Heap NONE =
      new Heap() {
        @Override
        public ByteBuffer object(ByteBuffer reference) {
          throw new IllegalStateException("a format without a heap has no references");
        }

        @Override
        public Object referred(long address) {
          return address;
        }
      };

  /**
   * The bytes that the heap reference at the buffer's position refers to: address, then index. Its
   * order is little-endian.
   */
  ByteBuffer object(ByteBuffer reference);

  /** The path of the group or variable at an address, else the address. */
  Object referred(long address);
}
