package dev.firn.io.icechunk;

import dev.firn.io.icechunk.format.ChunkIndex;
import dev.firn.io.icechunk.format.ChunkRef;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.RandomAccess;

/**
 * The chunks of one array that a session set or deleted. Made for millions: an entry is its
 * coordinates, a position in {@link PackedRefs} and two slots of an open hash table. Not safe for
 * use by many threads.
 */
final class ChunkTable {
  private static final long DELETED = -1;
  private static final long DROPPED = -2;

  private final int rank;
  private final PackedRefs refs = new PackedRefs();
  private int[] coordinates = {};
  private long[] positions = new long[8];
  private int[] slots = new int[16];
  private int entries;
  private int dropped;
  private boolean ascending = true;
  private Optional<int[]> order = Optional.empty();

  /** A table of an array with {@code rank} dimensions. */
  ChunkTable(int rank) {
    this.rank = rank;
    this.coordinates = new int[8 * rank];
  }

  /** The number of chunks set or deleted. */
  int size() {
    return entries - dropped;
  }

  void put(ChunkChange change) {
    long position = change.ref().isPresent() ? refs.add(change.ref().get()) : DELETED;
    int slot = slot(change.index());
    if (slots[slot] == 0) {
      add(change.index(), position);
      slots[slot] = entries;
      if (2 * entries > slots.length) {
        rehash();
      }
    } else {
      replace(slots[slot] - 1, position);
    }
  }

  private void replace(int entry, long position) {
    if (positions[entry] == DROPPED) {
      dropped--;
      order = Optional.empty();
    }
    positions[entry] = position;
  }

  private void add(ChunkIndex index, long position) {
    if (entries == positions.length) {
      int larger = entries + (entries >> 1);
      positions = Arrays.copyOf(positions, larger);
      coordinates = Arrays.copyOf(coordinates, Math.multiplyExact(larger, rank));
    }
    for (int i = 0; i < rank; i++) {
      coordinates[entries * rank + i] = (int) index.coordinate(i);
    }
    positions[entries] = position;
    ascending = ascending && (entries == 0 || compare(entries - 1, entries) < 0);
    order = Optional.empty();
    entries++;
  }

  Optional<ChunkChange> find(ChunkIndex index) {
    int entry = slots[slot(index)] - 1;
    return entry < 0 || positions[entry] == DROPPED
        ? Optional.empty()
        : Optional.of(new ChunkChange(index, ref(entry)));
  }

  /** Forgets what was done to a chunk. */
  void drop(ChunkIndex index) {
    int entry = slots[slot(index)] - 1;
    if (entry >= 0 && positions[entry] != DROPPED) {
      positions[entry] = DROPPED;
      dropped++;
      order = Optional.empty();
    }
  }

  /** All changes, ascending, each decoded when it is asked for; valid until the next change. */
  List<ChunkChange> changes() {
    int[] sorted = order();
    return new View<>() {
      @Override
      public ChunkChange get(int i) {
        return new ChunkChange(index(sorted[i]), ref(sorted[i]));
      }

      @Override
      public int size() {
        return sorted.length;
      }
    };
  }

  /** The chunks of all changes, ascending, each decoded when it is asked for. */
  List<ChunkIndex> indexes() {
    int[] sorted = order();
    return new View<>() {
      @Override
      public ChunkIndex get(int i) {
        return index(sorted[i]);
      }

      @Override
      public int size() {
        return sorted.length;
      }
    };
  }

  private abstract static class View<E> extends AbstractList<E> implements RandomAccess {}

  private int[] order() {
    if (order.isEmpty()) {
      int[] sorted = new int[size()];
      int next = 0;
      for (int entry = 0; entry < entries; entry++) {
        if (positions[entry] != DROPPED) {
          sorted[next++] = entry;
        }
      }
      if (!ascending) {
        EntryOrder.sort(sorted, this::compare);
      }
      order = Optional.of(sorted);
    }
    return order.get();
  }

  private int compare(int left, int right) {
    return Arrays.compareUnsigned(
        coordinates, left * rank, (left + 1) * rank, coordinates, right * rank, (right + 1) * rank);
  }

  private ChunkIndex index(int entry) {
    long[] index = new long[rank];
    for (int i = 0; i < rank; i++) {
      index[i] = Integer.toUnsignedLong(coordinates[entry * rank + i]);
    }
    return ChunkIndex.of(index);
  }

  private Optional<ChunkRef> ref(int entry) {
    return positions[entry] == DELETED ? Optional.empty() : Optional.of(refs.get(positions[entry]));
  }

  /** Where {@code index} is in the hash table, or would be. */
  private int slot(ChunkIndex index) {
    int hash = 0;
    for (int i = 0; i < rank; i++) {
      hash = 31 * hash + (int) index.coordinate(i);
    }
    int slot = first(hash);
    while (slots[slot] != 0 && !isAt(slots[slot] - 1, index)) {
      slot = (slot + 1) & (slots.length - 1);
    }
    return slot;
  }

  private int first(int hash) {
    int mixed = hash * 0x9E3779B9;
    return (mixed ^ (mixed >>> 15)) & (slots.length - 1);
  }

  private boolean isAt(int entry, ChunkIndex index) {
    for (int i = 0; i < rank; i++) {
      if (coordinates[entry * rank + i] != (int) index.coordinate(i)) {
        return false;
      }
    }
    return true;
  }

  private void rehash() {
    slots = new int[2 * slots.length];
    for (int entry = 0; entry < entries; entry++) {
      int hash = 0;
      for (int i = 0; i < rank; i++) {
        hash = 31 * hash + coordinates[entry * rank + i];
      }
      int slot = first(hash);
      while (slots[slot] != 0) {
        slot = (slot + 1) & (slots.length - 1);
      }
      slots[slot] = entry + 1;
    }
  }
}
