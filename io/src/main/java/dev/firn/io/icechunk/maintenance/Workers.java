package dev.firn.io.icechunk.maintenance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Does work on many objects, some at the same time.
 *
 * @param executor the threads, the caller's to shut down
 * @param parallelism how many objects at a time
 */
public record Workers(Executor executor, int parallelism) {
  /** One object after the other, on the caller's thread. */
  public static final Workers ONE = new Workers(Runnable::run, 1);

  /** Work on one object. */
  @FunctionalInterface
  interface Work<T> {
    void on(T object) throws IOException;
  }

  /** Checks the number. */
  public Workers {
    if (parallelism < 1) {
      throw new IllegalArgumentException("Invalid parallelism " + parallelism);
    }
  }

  /** Works on all objects; nothing new is begun after a failure, which is thrown in the end. */
  <T> void forEach(List<T> objects, Work<T> work) throws IOException {
    AtomicInteger next = new AtomicInteger();
    List<CompletableFuture<Void>> running =
        Stream.generate(
                () -> CompletableFuture.runAsync(() -> drain(objects, next, work), executor))
            .limit(Math.min(parallelism, objects.size()))
            .toList();
    try {
      CompletableFuture.allOf(running.toArray(CompletableFuture[]::new)).join();
    } catch (CompletionException failed) {
      if (failed.getCause() instanceof UncheckedIOException io) {
        throw new IOException(io.getCause().getMessage(), io.getCause());
      }
      if (failed.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw failed;
    }
  }

  private static <T> void drain(List<T> objects, AtomicInteger next, Work<T> work) {
    boolean whole = false;
    try {
      for (int i = next.getAndIncrement(); i < objects.size(); i = next.getAndIncrement()) {
        work.on(objects.get(i));
      }
      whole = true;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } finally {
      if (!whole) {
        next.set(objects.size());
      }
    }
  }
}
