package dev.firn.io.icechunk.format;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * A FlatBuffers vector.
 *
 * @param bytes the buffer
 * @param start where the first element is
 * @param count the number of elements, all of which the buffer has
 * @param elementBytes the length of an element
 */
record FlatVector(FlatBytes bytes, int start, int count, int elementBytes) {
  static FlatVector at(FlatBytes bytes, int at, int elementBytes) {
    return new FlatVector(bytes, at + 4, bytes.count(at, elementBytes), elementBytes);
  }

  static FlatVector empty(FlatBytes bytes, int elementBytes) {
    return new FlatVector(bytes, 0, 0, elementBytes);
  }

  /** Where an element is. */
  int position(int i) {
    return start + i * elementBytes;
  }

  /** The table that an element points to. */
  FlatTable table(int i) {
    return FlatTable.at(bytes, bytes.follow(position(i)));
  }

  /** The tables that all elements point to. */
  List<FlatTable> tables() {
    bytes.charge(8L * count);
    List<FlatTable> tables = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      tables.add(table(i));
    }
    return tables;
  }

  /** All elements, which are pointers to tables. */
  <T> List<T> tables(Function<FlatTable, T> read) {
    return elements(position -> read.apply(FlatTable.at(bytes, bytes.follow(position))));
  }

  /** All elements, read from their positions. */
  <T> List<T> elements(IntFunction<T> read) {
    bytes.charge(8L * count);
    List<T> elements = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      elements.add(read.apply(position(i)));
    }
    return elements;
  }
}
