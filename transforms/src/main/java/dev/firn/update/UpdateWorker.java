package dev.firn.update;

import dev.firn.dataset.ConfigurationException;
import dev.firn.dataset.Template;
import dev.firn.io.object.ETag;
import dev.firn.io.object.ObjectStore;
import dev.firn.io.object.ObjectStores;
import dev.firn.io.source.FileVersion;
import dev.firn.io.source.Transfers;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Runs region jobs of one update in one process: skips those that an earlier attempt finished,
 * keeps the lease meanwhile, and records each result when everything it names is durable.
 */
public final class UpdateWorker implements AutoCloseable {
  private final Journal journal;
  private final String runId;
  private final Optional<JobContext> context;
  private final boolean resultsAreFinal;
  private final JobResources resources;
  private final LeaseKeeper lease;

  private UpdateWorker(
      Journal journal,
      String runId,
      Optional<JobContext> context,
      boolean resultsAreFinal,
      JobResources resources) {
    this.journal = journal;
    this.runId = runId;
    this.context = context;
    this.resultsAreFinal = resultsAreFinal;
    this.resources = resources;
    this.lease = new LeaseKeeper(journal.lease(Clock.systemUTC()));
  }

  /**
   * Opens the update that was planned under {@code id}. Closing the worker leaves {@code resources}
   * open.
   */
  public static UpdateWorker open(UpdateId id, Template template, JobResources resources)
      throws IOException {
    return open(id, template, resources, ObjectStores::open);
  }

  static UpdateWorker open(
      UpdateId id, Template template, JobResources resources, Function<String, ObjectStore> opener)
      throws IOException {
    Journal journal = Journal.open(id, opener);
    Optional<UpdatePlan> plan = journal.plan();
    if (plan.isEmpty()) {
      UpdateOutcome ended =
          journal
              .outcome()
              .orElseThrow(
                  () ->
                      new ConfigurationException(
                          "Cannot run job " + id.job() + ": it has no plan"));
      return new UpdateWorker(journal, ended.runId(), Optional.empty(), true, resources);
    }
    StoreClocks.require(plan.get().storeUrls(), opener, Clock.systemUTC());
    StoreSet stores = StoreSet.open(plan.get().storeUrls(), opener);
    return new UpdateWorker(
        journal,
        plan.get().runId(),
        Optional.of(JobContext.of(plan.get(), template, stores)),
        journal.prepared(plan.get().runId()).isPresent(),
        resources);
  }

  /**
   * Runs the job {@code key} on {@code files}, unless its recorded result still stands. When
   * another process finished the whole update meanwhile there is nothing left to do, and nothing to
   * report.
   *
   * @throws LeaseLostException if another job is at work
   */
  public RegionJobResult run(RegionJobKey key, List<SourceFile> files) throws IOException {
    return context.isPresent()
        ? run(context.get(), key, files)
        : RegionJobResult.ofNothing(runId, key);
  }

  private RegionJobResult run(JobContext update, RegionJobKey key, List<SourceFile> files)
      throws IOException {
    Optional<RegionJobResult> recorded = journal.result(update.plan().runId(), key);
    if (recorded.isPresent() && stands(update, recorded.get())) {
      resources.progress().finishedFields(files.stream().mapToLong(SourceFile::fields).sum());
      return recorded.get();
    }
    List<SourceFile> inOrder = files.stream().sorted(SourceFile.BY_TIME).toList();
    lease.renew();
    checkLease();
    Transfers transfers = resources.sources().transfers();
    Transfers.Counts before = transfers.counts();
    RegionJobResult result =
        SteadyReading.of(unsteady -> read(update, key, inOrder, unsteady))
            .fetchedBy(transfers.counts().minus(before));
    checkLease();
    journal.putResult(update.plan().runId(), result);
    return result;
  }

  private RegionJobResult read(
      JobContext update, RegionJobKey key, List<SourceFile> files, Set<SourceFile> unsteady)
      throws IOException {
    try (RegionJobRunner runner =
        new RegionJobRunner(update, job(update, key), resources, this::checkLease)) {
      return runner.run(files, unsteady);
    }
  }

  /** Fails if the lease is another job's, unless it is because this one has ended. */
  private void checkLease() throws IOException {
    try {
      lease.check();
    } catch (LeaseLostException lost) {
      if (journal.outcome().filter(UpdateOutcome::isFinal).isEmpty()) {
        throw lost;
      }
    }
  }

  private static RegionJob job(JobContext update, RegionJobKey key) {
    return RegionJobs.job(update.spec(), update.plan().extent(), update.plan().request(), key)
        .orElseThrow(
            () -> new ConfigurationException("Cannot run " + key + ": the plan has no such job"));
  }

  /**
   * A result stands while its shards are there, and the files that succeeded are unchanged. Once
   * the run has begun to publish, files no longer count: all stores are to show the same.
   */
  private boolean stands(JobContext update, RegionJobResult result) throws IOException {
    return (resultsAreFinal || (result.hasSuccess() && isUpToDate(result)))
        && update.stores().holdAll(result.shards());
  }

  private boolean isUpToDate(RegionJobResult result) throws IOException {
    for (SourceFileResult file : result.files()) {
      if (file.status() == FileStatus.SUCCEEDED) {
        Optional<ETag> now = resources.sources().find(file.url()).map(FileVersion::tag);
        if (!now.equals(file.version())) {
          return false;
        }
      }
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    lease.close();
    journal.close();
    if (context.isPresent()) {
      context.get().stores().close();
    }
  }
}
