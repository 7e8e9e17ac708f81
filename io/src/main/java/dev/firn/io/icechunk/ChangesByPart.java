package dev.firn.io.icechunk;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.RandomAccess;
import java.util.SortedMap;
import java.util.TreeMap;

/** The changes of an array's chunks, those of each part by themselves and ascending. */
final class ChangesByPart {
  private ChangesByPart() {}

  /** Entry numbers, four bytes each. */
  private static final class Numbers {
    private int[] numbers = new int[8];
    private int size;

    void add(int number) {
      if (size == numbers.length) {
        numbers = Arrays.copyOf(numbers, 2 * size);
      }
      numbers[size++] = number;
    }
  }

  /** Sorts {@code changes} into parts; those outside of the array's grid are left out. */
  static SortedMap<Long, List<ChunkChange>> of(ChunkTable table, ManifestSplits splits) {
    List<ChunkChange> changes = table.changes();
    SortedMap<Long, Numbers> numbers = new TreeMap<>();
    int at = 0;
    for (var index : table.indexes()) {
      OptionalLong part = splits.part(index);
      if (part.isPresent()) {
        numbers.computeIfAbsent(part.getAsLong(), number -> new Numbers()).add(at);
      }
      at++;
    }
    SortedMap<Long, List<ChunkChange>> byPart = new TreeMap<>();
    for (Map.Entry<Long, Numbers> part : numbers.entrySet()) {
      byPart.put(part.getKey(), new Selection(changes, part.getValue()));
    }
    return byPart;
  }

  private static final class Selection extends AbstractList<ChunkChange> implements RandomAccess {
    private final List<ChunkChange> all;
    private final Numbers selected;

    Selection(List<ChunkChange> all, Numbers selected) {
      this.all = all;
      this.selected = selected;
    }

    @Override
    public ChunkChange get(int i) {
      return all.get(selected.numbers[i]);
    }

    @Override
    public int size() {
      return selected.size;
    }
  }
}
