package dev.firn.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.io.icechunk.ConflictException;
import dev.firn.io.icechunk.Repository;
import dev.firn.io.icechunk.maintenance.Progress;
import dev.firn.io.icechunk.maintenance.Workers;
import dev.firn.io.object.ObjectStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
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

  /** Does something up to a limit and says what was done. */
  interface Maintenance {
    Report run(Repository repository, Instant limit, Workers workers) throws IOException;
  }

  /**
   * What was done, or would be.
   *
   * @param verb what is done to it
   * @param done as it is said of what was done
   * @param document for programs, beside what all commands say
   * @param table for people
   */
  record Report(String verb, String done, ObjectNode document, List<String> table) {}

  /** Works up to the limit and prints what was done. */
  int run(PrintWriter out, Maintenance maintenance) throws IOException {
    try (ObjectStore store = repository.store()) {
      Repository opened = IcechunkOptions.repository(store);
      opened.info();
      Instant time = limit(store);
      Report report = work(workers -> maintenance.run(opened, time, workers));
      if (repository.json) {
        ObjectNode json = new ObjectMapper().createObjectNode().put("repository", store.url());
        json.put("older_than", time.toString()).put("dry_run", dryRun);
        json.setAll(report.document);
        out.println(json.toPrettyString());
      } else {
        String what = dryRun ? "Would " + report.verb : report.done;
        out.println(what + " what is older than " + time);
        report.table.forEach(out::println);
      }
      out.flush();
    }
    return ExitCode.DONE;
  }

  /** The limit by the store's clock; a store that cannot be written is refused. */
  private Instant limit(ObjectStore store) throws IOException {
    if (!dryRun) {
      WritableStores.require(store.url(), "changed");
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
      throw new RefusedException("changed", refused.getMessage());
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
