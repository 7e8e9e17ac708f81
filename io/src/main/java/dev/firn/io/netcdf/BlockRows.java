package dev.firn.io.netcdf;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * Finds the values that a block of a variable and a slab have in common, as rows: as many in a row
 * as lie together in both.
 *
 * @param offset of the block in the variable
 * @param shape of the block
 */
record BlockRows(List<Integer> offset, List<Integer> shape, int valueBytes) {

  private static int[] array(List<Integer> list) {
    return list.stream().mapToInt(Integer::intValue).toArray();
  }

  /**
   * Hands the common values to {@code rows}.
   *
   * @param stored all values of the block, from byte 0 on
   */
  void copy(ByteBuffer stored, Slab slab, RowSink rows) {
    int[] first = array(offset);
    int[] lengths = array(shape);
    int[] start = array(slab.offset());
    int[] size = array(slab.shape());
    int rank = lengths.length;
    int[] low = new int[rank];
    int[] count = new int[rank];
    for (int i = 0; i < rank; i++) {
      low[i] = Math.max(first[i], start[i]);
      long high = Math.min((long) first[i] + lengths[i], (long) start[i] + size[i]);
      if (high <= low[i]) {
        return;
      }
      count[i] = (int) (high - low[i]);
    }
    int outer = rank;
    int row = 1;
    while (outer > 0) {
      outer--;
      row *= count[outer];
      if (count[outer] != lengths[outer] || count[outer] != size[outer]) {
        break;
      }
    }
    int[] at = low.clone();
    while (true) {
      rows.row(
          stored,
          Math.multiplyExact(index(at, first, lengths), valueBytes),
          index(at, start, size),
          row);
      int dimension = outer - 1;
      while (dimension >= 0 && ++at[dimension] == low[dimension] + count[dimension]) {
        at[dimension] = low[dimension];
        dimension--;
      }
      if (dimension < 0) {
        return;
      }
    }
  }

  private static int index(int[] at, int[] from, int[] lengths) {
    int index = 0;
    for (int i = 0; i < at.length; i++) {
      index = index * lengths[i] + at[i] - from[i];
    }
    return index;
  }
}
