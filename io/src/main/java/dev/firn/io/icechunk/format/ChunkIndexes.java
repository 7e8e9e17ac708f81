package dev.firn.io.icechunk.format;

/**
 * The chunk coordinates that tables of a file have in their first field, in ascending order: those
 * of {@code ChunkRef} and {@code ChunkIndices}.
 *
 * @param tables the tables
 */
record ChunkIndexes(FlatVector tables) {
  private static final int INDEX = 0;
  private static final int MAX_RANK = 256;

  ChunkIndex get(int i) {
    FlatVector vector = coordinates(i);
    int[] bits = new int[vector.count()];
    for (int d = 0; d < bits.length; d++) {
      bits[d] = tables.bytes().int32(vector.position(d));
    }
    return ChunkIndex.ofBits(bits);
  }

  /** Where {@code index} is, or a negative number. */
  int find(ChunkIndex index) {
    int from = 0;
    int to = tables.count();
    while (from < to) {
      int middle = (from + to) >>> 1;
      int order = compare(coordinates(middle), index);
      if (order == 0) {
        return middle;
      } else if (order < 0) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return -1;
  }

  /** Checks that all are there, in strictly ascending order and of one rank. */
  void check() {
    FlatBytes file = tables.bytes();
    FlatVector previous = FlatVector.empty(file, 4);
    for (int i = 0; i < tables.count(); i++) {
      FlatVector next = coordinates(i);
      if (next.count() > MAX_RANK || (i > 0 && next.count() != previous.count())) {
        throw file.corrupt(
            "chunk coordinates of " + next.count() + " after " + previous.count() + " dimensions");
      }
      if (i > 0 && !isAfter(next, previous)) {
        throw file.corrupt("chunk " + get(i) + " after " + get(i - 1));
      }
      previous = next;
    }
  }

  private FlatVector coordinates(int i) {
    return tables.table(i).vector(INDEX, 4);
  }

  private static boolean isAfter(FlatVector next, FlatVector previous) {
    FlatBytes file = next.bytes();
    for (int d = 0; d < next.count(); d++) {
      int left = file.int32(next.position(d));
      int right = file.int32(previous.position(d));
      if (left != right) {
        return Integer.compareUnsigned(left, right) > 0;
      }
    }
    return false;
  }

  private static int compare(FlatVector vector, ChunkIndex index) {
    int shared = Math.min(vector.count(), index.rank());
    for (int d = 0; d < shared; d++) {
      int coordinate = vector.bytes().int32(vector.position(d));
      if (coordinate != index.bits(d)) {
        return Integer.compareUnsigned(coordinate, index.bits(d));
      }
    }
    return Integer.compare(vector.count(), index.rank());
  }
}
