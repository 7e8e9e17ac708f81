package dev.firn.io.icechunk;

import dev.firn.io.icechunk.format.ChunkIndex;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;

/** Chunk indexes of one array in four bytes a coordinate, each decoded when it is asked for. */
final class PackedIndexes extends AbstractList<ChunkIndex> implements RandomAccess {
  private final int rank;
  private final int size;
  private final int[] coordinates;

  private PackedIndexes(int rank, int size, int[] coordinates) {
    this.rank = rank;
    this.size = size;
    this.coordinates = coordinates;
  }

  /** The chunks of {@code changes}, in their order. */
  static List<ChunkIndex> ofChanges(List<ChunkChange> changes) {
    if (changes.isEmpty()) {
      return List.of();
    }
    Collector collector = new Collector(changes.get(0).index().rank(), changes.size());
    for (ChunkChange change : changes) {
      collector.add(change.index());
    }
    return collector.packed();
  }

  /** All indexes of some lists, ascending and each once. */
  static List<ChunkIndex> union(List<List<ChunkIndex>> lists) {
    List<List<ChunkIndex>> some = new ArrayList<>(lists);
    some.removeIf(List::isEmpty);
    if (some.size() < 2) {
      return some.isEmpty() ? List.of() : some.get(0);
    }
    int size = some.stream().mapToInt(List::size).sum();
    Collector collector = new Collector(some.get(0).get(0).rank(), size);
    some.forEach(list -> list.forEach(collector::add));
    return collector.packed().sorted();
  }

  private static final class Collector {
    private final int rank;
    private final int[] coordinates;
    private int next;

    Collector(int rank, int size) {
      this.rank = rank;
      this.coordinates = new int[Math.multiplyExact(size, rank)];
      this.next = 0;
    }

    void add(ChunkIndex index) {
      for (int i = 0; i < rank; i++) {
        coordinates[next * rank + i] = (int) index.coordinate(i);
      }
      next++;
    }

    PackedIndexes packed() {
      return new PackedIndexes(rank, next, coordinates);
    }
  }

  private PackedIndexes sorted() {
    int[] order = new int[size];
    Arrays.setAll(order, i -> i);
    EntryOrder.sort(order, this::compare);
    int[] sorted = new int[coordinates.length];
    int kept = 0;
    for (int i = 0; i < size; i++) {
      if (i == 0 || compare(order[i - 1], order[i]) != 0) {
        System.arraycopy(coordinates, order[i] * rank, sorted, kept++ * rank, rank);
      }
    }
    return new PackedIndexes(rank, kept, sorted);
  }

  private int compare(int left, int right) {
    return Arrays.compareUnsigned(
        coordinates, left * rank, (left + 1) * rank, coordinates, right * rank, (right + 1) * rank);
  }

  @Override
  public ChunkIndex get(int i) {
    long[] index = new long[rank];
    for (int dimension = 0; dimension < rank; dimension++) {
      index[dimension] = Integer.toUnsignedLong(coordinates[i * rank + dimension]);
    }
    return ChunkIndex.of(index);
  }

  @Override
  public int size() {
    return size;
  }
}
