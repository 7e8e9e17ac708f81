package dev.firn.io.zarr;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Counting in C order, the last dimension fastest. */
final class Shapes {
  private Shapes() {}

  static int elements(List<Integer> shape) {
    return shape.stream().reduce(1, Math::multiplyExact);
  }

  /** The bytes of an array that has to fit one buffer. */
  static int bytes(List<Integer> shape, DataType dataType) {
    long bytes = dataType.sizeBytes();
    for (int length : shape) {
      bytes = Math.multiplyExact(bytes, length);
    }
    if (bytes > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "Invalid shape "
              + shape
              + " of "
              + dataType
              + ": "
              + bytes
              + " bytes do not fit one buffer");
    }
    return (int) bytes;
  }

  /** The indices of element number {@code index}. */
  static int[] position(int index, List<Integer> shape) {
    int[] position = new int[shape.size()];
    int rest = index;
    for (int d = position.length - 1; d >= 0; d--) {
      position[d] = rest % shape.get(d);
      rest /= shape.get(d);
    }
    return position;
  }

  /** The number of the element at {@code position}. */
  static int index(int[] position, List<Integer> shape) {
    int index = 0;
    for (int d = 0; d < position.length; d++) {
      index = index * shape.get(d) + position[d];
    }
    return index;
  }

  /** The numbers of the elements from {@code first} to {@code last}, both within, in order. */
  static List<Integer> indices(int[] first, int[] last, List<Integer> shape) {
    List<Integer> found = new ArrayList<>(List.of(0));
    for (int d = 0; d < first.length; d++) {
      List<Integer> longer = new ArrayList<>();
      for (int index : found) {
        for (int i = first[d]; i <= last[d]; i++) {
          longer.add(index * shape.get(d) + i);
        }
      }
      found = longer;
    }
    return found;
  }

  static List<Integer> listOf(int... lengths) {
    return Arrays.stream(lengths).boxed().toList();
  }
}
