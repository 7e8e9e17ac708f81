package dev.firn.update;

import java.util.BitSet;
import java.util.StringJoiner;

/** Sets of numbers as text: {@code 0-8,10}. */
final class NumberRanges {
  private NumberRanges() {}

  static String text(BitSet numbers) {
    StringJoiner text = new StringJoiner(",");
    for (int first = numbers.nextSetBit(0); first >= 0; ) {
      int end = numbers.nextClearBit(first);
      text.add(end - first == 1 ? Integer.toString(first) : first + "-" + (end - 1));
      first = numbers.nextSetBit(end);
    }
    return text.toString();
  }

  /**
   * Reads what {@link #text} wrote.
   *
   * @throws IllegalArgumentException if it is anything else
   */
  static BitSet parse(String text) {
    BitSet numbers = new BitSet();
    for (String range : text.split(",")) {
      String[] ends = range.split("-", 2);
      int first = Integer.parseInt(ends[0]);
      int last = ends.length == 1 ? first : Integer.parseInt(ends[1]);
      numbers.set(first, last + 1);
    }
    return numbers;
  }
}
