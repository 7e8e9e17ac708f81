package dev.firn.io.icechunk.maintenance;

import dev.firn.io.icechunk.format.ChunkId;
import java.util.Arrays;
import java.util.OptionalLong;

/**
 * A number for each of many chunk objects, at 20 bytes a slot: a repository may have many millions.
 * Open addressing; ids are random, so that their bits are the hash. Safe for use by many threads.
 */
final class ChunkIdMap {
  private static final int FIRST_SLOTS = 1 << 10;
  private static final long EMPTY = -1;

  private long[] high = new long[FIRST_SLOTS];
  private int[] low = new int[FIRST_SLOTS];
  private long[] values = filled(FIRST_SLOTS);
  private int size;

  private static long[] filled(int slots) {
    long[] values = new long[slots];
    Arrays.fill(values, EMPTY);
    return values;
  }

  /** Sets the number of {@code id}, at least 0. */
  synchronized void put(ChunkId id, long value) {
    if (2L * size >= values.length) {
      grow();
    }
    insert(id.high(), id.low(), value);
  }

  private void insert(long idHigh, int idLow, long value) {
    int slot = slot(idHigh, idLow);
    if (values[slot] == EMPTY) {
      size++;
    }
    high[slot] = idHigh;
    low[slot] = idLow;
    values[slot] = value;
  }

  /** Where the id is, or is to be. */
  private int slot(long idHigh, int idLow) {
    int mask = values.length - 1;
    int slot = (Long.hashCode(idHigh) ^ idLow) & mask;
    while (values[slot] != EMPTY && !(high[slot] == idHigh && low[slot] == idLow)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    long[] oldHigh = high;
    int[] oldLow = low;
    long[] oldValues = values;
    int slots = Math.multiplyExact(oldValues.length, 2);
    high = new long[slots];
    low = new int[slots];
    values = filled(slots);
    size = 0;
    for (int i = 0; i < oldValues.length; i++) {
      if (oldValues[i] != EMPTY) {
        insert(oldHigh[i], oldLow[i], oldValues[i]);
      }
    }
  }

  /** The number of {@code id}, if it has one. */
  synchronized OptionalLong get(ChunkId id) {
    long value = values[slot(id.high(), id.low())];
    return value == EMPTY ? OptionalLong.empty() : OptionalLong.of(value);
  }

  synchronized int size() {
    return size;
  }
}
