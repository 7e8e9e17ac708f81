package dev.firn.io.icechunk.format;

import java.util.Arrays;

/** Where objects of a {@link FlatWriter} are, in the order of a vector that will point to them. */
final class Positions {
  private int[] values = new int[16];
  private int size;

  void add(int position) {
    if (size == values.length) {
      values = Arrays.copyOf(values, 2 * size);
    }
    values[size++] = position;
  }

  void set(int i, int position) {
    values[i] = position;
  }

  int get(int i) {
    return values[i];
  }

  int size() {
    return size;
  }
}
