package dev.firn.io.netcdf;

import java.io.IOException;

/** The values of a variable, as a library or Firn itself gets them out of a file. */
interface VariableStorage {

  /**
   * Hands the values of {@code slab} to {@code rows}, in any order; what comes later counts.
   *
   * @throws dev.firn.io.FormatException naming variable, chunk and byte
   */
  void read(Slab slab, RowSink rows) throws IOException;

  /** How many bytes of the file all values together take, for judging what a file declares. */
  long storedBytes() throws IOException;

  /** What stored references refer to. */
  default Heap heap() {
    return Heap.NONE;
  }
}
