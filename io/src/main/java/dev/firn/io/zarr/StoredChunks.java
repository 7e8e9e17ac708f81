package dev.firn.io.zarr;

import java.util.ArrayList;
import java.util.List;

/** The indices of stored chunks. */
final class StoredChunks {
  private StoredChunks() {}

  /** All of an array, in C order. */
  static List<long[]> all(ArrayLayout layout) {
    long[] first = new long[layout.rank()];
    long[] last = layout.storedGrid().stream().mapToLong(count -> count - 1).toArray();
    return between(first, last);
  }

  /** Those from {@code first} to {@code last}, both within, in C order. */
  static List<long[]> between(long[] first, long[] last) {
    List<long[]> found = new ArrayList<>();
    collect(first.clone(), 0, new long[][] {first, last}, found);
    return found;
  }

  private static void collect(long[] index, int dimension, long[][] bounds, List<long[]> found) {
    if (dimension == index.length) {
      found.add(index.clone());
      return;
    }
    for (long i = bounds[0][dimension]; i <= bounds[1][dimension]; i++) {
      index[dimension] = i;
      collect(index, dimension + 1, bounds, found);
    }
  }
}
