package dev.firn.io.icechunk.format;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Unmodifiable copies in the orders that files keep. */
final class Sorted {
  private Sorted() {}

  /** In the order of the keys' UTF-8 bytes. */
  static <V> SortedMap<String, V> byUtf8(Map<String, V> map) {
    SortedMap<String, V> sorted = new TreeMap<>(Utf8Order.COMPARATOR);
    sorted.putAll(map);
    return Collections.unmodifiableSortedMap(sorted);
  }

  /** In the order of the UTF-8 bytes. */
  static SortedSet<String> byUtf8(Collection<String> names) {
    SortedSet<String> sorted = new TreeSet<>(Utf8Order.COMPARATOR);
    sorted.addAll(names);
    return Collections.unmodifiableSortedSet(sorted);
  }

  /** In natural order. */
  static <K extends Comparable<K>, V> SortedMap<K, V> byKey(Map<K, V> map) {
    SortedMap<K, V> sorted = new TreeMap<>();
    sorted.putAll(map);
    return Collections.unmodifiableSortedMap(sorted);
  }

  /** In natural order. */
  static <E extends Comparable<E>> SortedSet<E> of(Collection<E> elements) {
    SortedSet<E> sorted = new TreeSet<>();
    sorted.addAll(elements);
    return Collections.unmodifiableSortedSet(sorted);
  }
}
