package dev.firn.update;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;

/**
 * The results that a plan's journal has of its jobs: those of its own run, and those of the rounds
 * before whose shards others have not replaced in what the plan found.
 *
 * @param journal the update's
 * @param plan the plan that counts
 * @param stores where shards are
 */
record RecordedResults(Journal journal, UpdatePlan plan, StoreSet stores) {
  private static final int READ_THREADS = 16;

  /** The result of a job, if it has one that counts. */
  Optional<RegionJobResult> of(RegionJobKey key) throws IOException {
    for (String run : plan.runs()) {
      Optional<RegionJobResult> result = journal.result(run, key);
      if (result.isPresent()) {
        boolean counts = run.equals(plan.runId()) || stores.areIntact(plan, result.get().shards());
        return counts ? result : Optional.empty();
      }
    }
    return Optional.empty();
  }

  /** Those that there are. */
  MergedResults found() throws IOException {
    ExecutorService threads = Tasks.threads(READ_THREADS, "results");
    try {
      List<Callable<Optional<RegionJobResult>>> reads = new ArrayList<>();
      plan.jobs().forEach(key -> reads.add(() -> of(key)));
      MergedResults results = new MergedResults();
      Tasks.runAll(threads, reads).forEach(found -> found.ifPresent(results::add));
      return results;
    } finally {
      threads.shutdownNow();
    }
  }

  /** Those of all jobs; empty if one is not there, or no longer. */
  Optional<MergedResults> all() throws IOException {
    MergedResults found = found();
    return found.keys().containsAll(plan.jobs()) ? Optional.of(found) : Optional.empty();
  }
}
