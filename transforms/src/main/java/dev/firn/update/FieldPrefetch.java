package dev.firn.update;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/**
 * Fetches the messages of many fields ahead of their use, in order, holding at most a fixed number
 * that are not used yet.
 *
 * <p>Fetches begin in the order of the fields and wait for room in that order, so the field that is
 * wanted next always gets room: later fields can hold at most all threads but one.
 */
final class FieldPrefetch {
  private final Sources sources;
  private final Semaphore room;
  private final Deque<Future<FetchedField>> fetches = new ArrayDeque<>();

  /**
   * Begins to fetch.
   *
   * @param held how many messages may be held, more than {@code threads} has threads
   */
  FieldPrefetch(Sources sources, Collection<FieldRef> refs, ExecutorService threads, int held) {
    this.sources = sources;
    this.room = new Semaphore(held, true);
    refs.forEach(ref -> fetches.add(threads.submit(() -> fetch(ref))));
  }

  /**
   * The next field in order; whoever takes it calls {@link #used} when its bytes are no longer
   * needed.
   */
  Future<FetchedField> next() {
    return fetches.remove();
  }

  /** Makes room for another message. */
  void used() {
    room.release();
  }

  private FetchedField fetch(FieldRef ref) throws InterruptedException {
    room.acquire();
    try {
      Optional<byte[]> bytes = sources.range(ref.file().url(), ref.range());
      return bytes
          .map(found -> FetchedField.of(ref, found))
          .orElseGet(() -> FetchedField.failed(ref, FileStatus.NOT_FOUND, "the file has vanished"));
    } catch (IOException failed) {
      return FetchedField.failed(ref, FileStatus.DOWNLOAD_FAILED, failed.getMessage());
    }
  }
}
