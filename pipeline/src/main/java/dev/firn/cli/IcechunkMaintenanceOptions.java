package dev.firn.cli;

import dev.firn.io.icechunk.ConflictException;
import dev.firn.io.icechunk.maintenance.Progress;
import dev.firn.io.icechunk.maintenance.Workers;
import dev.firn.io.object.ObjectStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What the commands are given that change a repository for good. */
final class IcechunkMaintenanceOptions {
  /** Branches of updates that are not done: they are spared. */
  static final String JOB_BRANCH = "_job_";

  private static final int THREADS = 8;
  private static final long PROGRESS_NANOS = 5_000_000_000L;

  @Mixin IcechunkOptions repository;

  @Option(
      names = "--older-than",
      required = true,
      paramLabel = "AGE|TIME",
      converter = AgeLimit.Converter.class,
      description = "An age by the store's clock (30d, 36h, P30D) or a UTC time.")
  private AgeLimit limit;

  @Option(names = "--dry-run", description = "Changes nothing and says what would be done.")
  boolean dryRun;

  @Option(
      names = "--force",
      description =
          "Also with a limit of less than 9 days, and gc also deletes what left the history since the limit: for when no session is open.")
  boolean force;

  /** The limit by the store's clock; a store that cannot be written is refused. */
  Instant limit(ObjectStore store) throws IOException {
    if (!dryRun) {
      WritableStores.require(store.url());
    }
    return force || dryRun ? limit.of(store) : limit.ofGuarded(store);
  }

  /** Work that ends with an answer. */
  interface Work<T> {
    T run(Workers workers) throws IOException;
  }

  /** Does work on several threads. A repository that may not be changed refuses. */
  static <T> T work(Work<T> work) throws IOException {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      return work.run(new Workers(threads, THREADS));
    } catch (ConflictException | IllegalStateException refused) {
      throw new RefusedException(refused.getMessage());
    } finally {
      threads.shutdownNow();
    }
  }

  /** Tells now and then on standard error how far the work is. */
  static Progress progress(PrintWriter err) {
    AtomicLong next = new AtomicLong(System.nanoTime() + PROGRESS_NANOS);
    return (stage, done, total) -> {
      long due = next.get();
      if (System.nanoTime() - due >= 0 && next.compareAndSet(due, due + PROGRESS_NANOS)) {
        err.println("firn: " + stage + ": " + done + " of " + total);
        err.flush();
      }
    };
  }
}
