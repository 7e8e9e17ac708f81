package dev.firn.update;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/**
 * Fetches the messages of many fields ahead of their use, holding at most a fixed number that are
 * not used yet.
 *
 * <p>A fetch is begun when there is room for its message, and fetches are begun in the order of the
 * fields. So whoever uses fields in that order always gets the next one: no later field can take
 * its room.
 */
final class FieldPrefetch {
  private final Executor threads;
  private final Queue<Future<FetchedField>> inOrder = new ArrayDeque<>();
  private final Queue<FutureTask<FetchedField>> notBegun = new ArrayDeque<>();

  /** Gets one field's message. */
  interface Fetch {
    /** Whatever concerns the field alone is in what it returns. */
    FetchedField fetch(FieldRef ref) throws IOException;
  }

  /**
   * Begins to fetch.
   *
   * @param fetch gets one field's message
   * @param held how many messages may be held, at least 1
   */
  FieldPrefetch(Collection<FieldRef> refs, Fetch fetch, Executor threads, int held) {
    this.threads = threads;
    for (FieldRef ref : refs) {
      FutureTask<FetchedField> task = new FutureTask<>(() -> fetch.fetch(ref));
      inOrder.add(task);
      notBegun.add(task);
    }
    for (int room = 0; room < held; room++) {
      beginNext();
    }
  }

  /**
   * The next field in order; whoever takes it calls {@link #used} when its bytes are no longer
   * needed.
   */
  synchronized Future<FetchedField> next() {
    return inOrder.remove();
  }

  /** Makes room for another message. */
  void used() {
    beginNext();
  }

  private synchronized void beginNext() {
    FutureTask<FetchedField> task = notBegun.poll();
    if (task != null) {
      threads.execute(task);
    }
  }
}
