package dev.firn.io.icechunk;

/** Sorts entries that are known by their numbers: a merge sort without an object an entry. */
final class EntryOrder {
  private EntryOrder() {}

  /** Compares two entries. */
  interface ByNumber {
    int compare(int left, int right);
  }

  /** Sorts {@code entries}. */
  static void sort(int[] entries, ByNumber order) {
    sort(entries, entries.clone(), 0, entries.length, order);
  }

  /** Sorts a part of {@code target}; {@code source} has the same there. */
  private static void sort(int[] target, int[] source, int from, int to, ByNumber order) {
    if (to - from < 2) {
      return;
    }
    int middle = (from + to) >>> 1;
    sort(source, target, from, middle, order);
    sort(source, target, middle, to, order);
    int left = from;
    int right = middle;
    for (int i = from; i < to; i++) {
      boolean takeLeft =
          right == to || (left < middle && order.compare(source[left], source[right]) <= 0);
      target[i] = takeLeft ? source[left++] : source[right++];
    }
  }
}
