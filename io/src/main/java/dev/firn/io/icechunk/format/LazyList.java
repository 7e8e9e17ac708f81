package dev.firn.io.icechunk.format;

import java.util.AbstractList;
import java.util.Objects;
import java.util.RandomAccess;
import java.util.function.IntFunction;

/** A list whose elements are made whenever they are asked for. */
final class LazyList<E> extends AbstractList<E> implements RandomAccess {
  private final int size;
  private final IntFunction<E> read;

  LazyList(int size, IntFunction<E> read) {
    this.size = size;
    this.read = read;
  }

  @Override
  public E get(int i) {
    Objects.checkIndex(i, size);
    return read.apply(i);
  }

  @Override
  public int size() {
    return size;
  }
}
