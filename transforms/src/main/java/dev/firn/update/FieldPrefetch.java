package dev.firn.update;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;

/**
 * Fetches the messages of many fields ahead of their use, in groups, holding at most so many bytes
 * that are not used yet.
 *
 * <p>The fetch of a group is begun when there is room for its messages, or nothing else is held,
 * and fetches are begun in the order in which the groups are needed. So whoever uses fields in
 * their order always gets the next one: all that takes its group's room are fields of groups needed
 * before, and of those the ones to be used later fit beside it ({@link FetchGroups}) or, where the
 * group is alone, there are none.
 */
final class FieldPrefetch {
  private static final long LEAST_HELD = 32 << 20;
  private static final long MOST_HELD = 256 << 20;
  private static final int HEAP_TO_HELD = 16;

  private final Executor threads;
  private final long mostBytes;
  private final Queue<Coming> inOrder = new ArrayDeque<>();
  private final Queue<Group> notBegun = new ArrayDeque<>();
  private long heldBytes;

  /** How much a region job may hold in a process with so much heap, which may run several. */
  static long heldBytes(long heapBytes) {
    return Math.max(LEAST_HELD, Math.min(MOST_HELD, heapBytes / HEAP_TO_HELD));
  }

  /** Gets the messages of some fields of one file. */
  interface Fetch {
    /** Whatever concerns the fields alone is in what it returns: one for each, in their order. */
    List<FetchedField> fetch(List<FieldRef> refs) throws IOException;
  }

  private record Group(long bytes, FutureTask<Map<FieldRef, FetchedField>> task) {}

  /**
   * A field that comes.
   *
   * @param ref which
   * @param group brings it, among others; each is taken out once
   */
  record Coming(FieldRef ref, FutureTask<Map<FieldRef, FetchedField>> group) {
    /** Waits for it, once. */
    FetchedField await() throws IOException {
      return Tasks.await(group).remove(ref);
    }
  }

  /**
   * Begins to fetch.
   *
   * @param inOrder the fields in the order of their use
   * @param groups the same fields, by the first use of a field in each
   * @param fetch gets the messages of a group
   * @param mostBytes how much may be held
   */
  FieldPrefetch(
      Collection<FieldRef> inOrder,
      List<List<FieldRef>> groups,
      Fetch fetch,
      Executor threads,
      long mostBytes) {
    this.threads = threads;
    this.mostBytes = mostBytes;
    IdentityHashMap<FieldRef, Coming> coming = new IdentityHashMap<>();
    for (List<FieldRef> refs : groups) {
      FutureTask<Map<FieldRef, FetchedField>> task = new FutureTask<>(() -> byRef(fetch, refs));
      refs.forEach(ref -> coming.put(ref, new Coming(ref, task)));
      notBegun.add(new Group(refs.stream().mapToLong(FieldRef::bytes).sum(), task));
    }
    inOrder.forEach(ref -> this.inOrder.add(coming.get(ref)));
    beginWhatFits();
  }

  private static Map<FieldRef, FetchedField> byRef(Fetch fetch, List<FieldRef> refs)
      throws IOException {
    Map<FieldRef, FetchedField> byRef = Collections.synchronizedMap(new IdentityHashMap<>());
    fetch.fetch(refs).forEach(fetched -> byRef.put(fetched.ref(), fetched));
    return byRef;
  }

  /**
   * The next field in order; whoever takes it calls {@link #used} when its bytes are no longer
   * needed.
   */
  synchronized Coming next() {
    return inOrder.remove();
  }

  /** Makes room for other messages. */
  synchronized void used(FieldRef ref) {
    heldBytes -= ref.bytes();
    beginWhatFits();
  }

  private synchronized void beginWhatFits() {
    while (!notBegun.isEmpty()
        && (heldBytes == 0 || heldBytes + notBegun.peek().bytes() <= mostBytes)) {
      Group group = notBegun.remove();
      heldBytes += group.bytes();
      threads.execute(group.task());
    }
  }
}
