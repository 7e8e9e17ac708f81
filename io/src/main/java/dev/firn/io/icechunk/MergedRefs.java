package dev.firn.io.icechunk;

import dev.firn.io.icechunk.format.ChunkIndex;
import dev.firn.io.icechunk.format.ChunkRef;
import dev.firn.io.icechunk.format.IndexedChunkRef;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.BiConsumer;

/**
 * The references of a box of chunks in order: changes, and what former manifests have of chunks
 * that were not changed. Each list is ascending, and so is what comes out.
 *
 * @param box the chunks wanted
 * @param changes of chunks, each chunk once
 * @param former the lists of manifests that have no chunk in common
 */
record MergedRefs(Extents box, List<ChunkChange> changes, List<List<IndexedChunkRef>> former) {

  /** A place in one of the lists. */
  private abstract static class Cursor {
    private final int size;
    private int next;
    private ChunkIndex index = ChunkIndex.of();
    private Optional<ChunkRef> ref = Optional.empty();

    Cursor(int size) {
      this.size = size;
    }

    /** Goes to the next entry; false when there is none. */
    boolean advance() {
      if (next == size) {
        return false;
      }
      ChunkChange entry = entry(next++);
      index = entry.index();
      ref = entry.ref();
      return true;
    }

    abstract ChunkChange entry(int at);
  }

  private static Cursor changes(List<ChunkChange> changes) {
    return new Cursor(changes.size()) {
      @Override
      ChunkChange entry(int at) {
        return changes.get(at);
      }
    };
  }

  private static Cursor former(List<IndexedChunkRef> refs) {
    return new Cursor(refs.size()) {
      @Override
      ChunkChange entry(int at) {
        IndexedChunkRef entry = refs.get(at);
        return ChunkChange.set(entry.index(), entry.ref());
      }
    };
  }

  /** Gives every reference. */
  void forEach(BiConsumer<ChunkIndex, ChunkRef> consumer) {
    Cursor changed = changes(changes);
    PriorityQueue<Cursor> lists =
        new PriorityQueue<>((left, right) -> left.index.compareTo(right.index));
    for (List<IndexedChunkRef> refs : former) {
      again(former(refs), lists);
    }
    boolean more = changed.advance();
    while (more || !lists.isEmpty()) {
      int order = order(more, changed, lists);
      if (order <= 0) {
        give(changed, consumer);
        more = changed.advance();
      } else {
        Cursor first = lists.remove();
        give(first, consumer);
        again(first, lists);
      }
      if (order == 0) {
        again(lists.remove(), lists);
      }
    }
  }

  /** Negative: the next change comes first; 0: it is of the chunk that the lists have next. */
  private static int order(boolean more, Cursor changed, PriorityQueue<Cursor> lists) {
    if (!more) {
      return 1;
    }
    return lists.isEmpty() ? -1 : changed.index.compareTo(lists.element().index);
  }

  /** Puts a list back if it has a next entry. */
  private static void again(Cursor list, PriorityQueue<Cursor> lists) {
    if (list.advance()) {
      lists.add(list);
    }
  }

  /** Gives what is at a place, unless a chunk was deleted there. */
  private void give(Cursor at, BiConsumer<ChunkIndex, ChunkRef> consumer) {
    if (at.ref.isPresent() && box.contains(at.index)) {
      consumer.accept(at.index, at.ref.get());
    }
  }
}
