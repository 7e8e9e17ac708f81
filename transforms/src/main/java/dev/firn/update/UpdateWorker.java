package dev.firn.update;

import dev.firn.dataset.ConfigurationException;
import dev.firn.dataset.Template;
import dev.firn.io.object.ETag;
import dev.firn.io.object.ObjectStat;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * Runs region jobs of one update in one process: skips those that an earlier attempt finished,
 * keeps the lease meanwhile, and records each result when everything it names is durable.
 */
public final class UpdateWorker implements AutoCloseable {
  private final UpdateStore store;
  private final Optional<JobContext> context;
  private final Sources sources;
  private final MemoryBudget budget;
  private final WorkProgress progress;
  private final LeaseKeeper lease;

  private UpdateWorker(
      UpdateStore store,
      Optional<JobContext> context,
      Sources sources,
      MemoryBudget budget,
      WorkProgress progress) {
    this.store = store;
    this.context = context;
    this.sources = sources;
    this.budget = budget;
    this.progress = progress;
    this.lease = new LeaseKeeper(store.lease());
  }

  /**
   * Opens the update that was planned under {@code id}. Closing the worker leaves {@code sources}
   * open.
   */
  public static UpdateWorker open(
      UpdateId id, Template template, Sources sources, MemoryBudget budget, WorkProgress progress)
      throws IOException {
    UpdateStore store = UpdateStore.open(id, Clock.systemUTC());
    Optional<UpdatePlan> plan = store.journal().plan();
    if (plan.isEmpty() && store.journal().outcome().isEmpty()) {
      throw new ConfigurationException("Cannot run job " + id.job() + ": it has no plan");
    }
    Optional<JobContext> context =
        plan.isPresent()
            ? Optional.of(JobContext.of(plan.get(), template, store.archive()))
            : Optional.empty();
    return new UpdateWorker(store, context, sources, budget, progress);
  }

  /**
   * Runs the job {@code key} on {@code files}, unless its recorded result still stands. When
   * another process finished the whole update meanwhile there is nothing left to do, and nothing to
   * report.
   */
  public RegionJobResult run(RegionJobKey key, List<SourceFile> files) throws IOException {
    return context.isPresent()
        ? run(context.get(), key, files)
        : new RegionJobResult(key, List.of(), List.of(), 0, 0, StageTimes.NONE, List.of());
  }

  private RegionJobResult run(JobContext update, RegionJobKey key, List<SourceFile> files)
      throws IOException {
    Optional<RegionJobResult> recorded = store.journal().result(update.plan().runId(), key);
    if (recorded.isPresent() && stands(recorded.get())) {
      progress.finishedFields(files.stream().mapToLong(file -> file.variables().size()).sum());
      return recorded.get();
    }
    List<SourceFile> inOrder = files.stream().sorted(SourceFile.BY_TIME).toList();
    try (RegionJobRunner runner =
        new RegionJobRunner(update, job(update, key), sources, budget, progress)) {
      RegionJobResult result = runner.run(inOrder);
      lease.check();
      store.journal().putResult(update.plan().runId(), result);
      return result;
    }
  }

  private static RegionJob job(JobContext update, RegionJobKey key) {
    return RegionJobs.plan(update.spec(), update.plan().extent(), update.plan().request().filter())
        .stream()
        .filter(job -> job.key().equals(key))
        .findFirst()
        .orElseThrow(
            () -> new ConfigurationException("Cannot run " + key + ": the plan has no such job"));
  }

  /** A result stands while the files that succeeded are unchanged and its shards are there. */
  private boolean stands(RegionJobResult result) throws IOException {
    if (!result.hasSuccess()) {
      return false;
    }
    for (SourceFileResult file : result.files()) {
      if (file.status() == FileStatus.SUCCEEDED) {
        Optional<ETag> now = sources.stat(file.url()).map(ObjectStat::etag);
        if (!now.equals(file.version())) {
          return false;
        }
      }
    }
    for (WrittenShard shard : result.shards()) {
      if (!store.archive().holds(shard)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    lease.close();
    store.close();
  }
}
