package dev.firn.update;

import dev.firn.dataset.Template;
import dev.firn.io.object.ObjectStores;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.stream.Collectors;

/**
 * One of several plain processes that share an update without a cluster. Any of them sets it up:
 * the journal decides whose plan counts. Each runs its share of the jobs and records the results;
 * whoever then finds the results of all jobs publishes, several at once if it comes so.
 */
public final class IndexedWorker {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
  private static final int MISSING_NAMED = 10;

  private final Template template;
  private final String firnVersion;
  private final WorkerShare share;
  private final JobResources resources;
  private final UpdateMonitor monitor;

  /** A worker on updates of one dataset. */
  public IndexedWorker(
      Template template,
      String firnVersion,
      WorkerShare share,
      JobResources resources,
      UpdateMonitor monitor) {
    this.template = template;
    this.firnVersion = firnVersion;
    this.share = share;
    this.resources = resources;
    this.monitor = monitor;
  }

  /**
   * Does this worker's share of {@code request}, then waits for the others.
   *
   * @param wait for how long; zero to leave the update to them
   * @return how the update ended, or {@link UpdateOutcome.Status#PARTIAL} if it was left to others
   * @throws IOException if the others were waited for in vain, naming the jobs that are missing
   */
  public UpdateOutcome run(UpdateRequest request, Duration wait) throws IOException {
    List<String> warnings = monitor.begins(request.id());
    return monitor.ended(outcome(request, wait), warnings);
  }

  private UpdateOutcome outcome(UpdateRequest request, Duration wait) throws IOException {
    UpdateId id = request.id();
    PlannedUpdate planned =
        new UpdatePlanner(template, firnVersion, Clock.systemUTC()).plan(request);
    if (planned instanceof PlannedUpdate.Settled settled) {
      return settled.outcome();
    }
    PlannedUpdate.Ready ready = (PlannedUpdate.Ready) planned;
    Publisher publisher = new Publisher(template, Clock.systemUTC());
    MergedResults done = new MergedResults();
    try {
      runJobs(ready.plan(), share.spread(ready.jobs()), done);
    } catch (LeaseLostException lost) {
      return publisher.turnAway(id, lost.getMessage(), done);
    }
    Instant deadline = Instant.now().plus(wait);
    Duration pause = FIRST_PAUSE;
    Optional<UpdateOutcome> outcome = publisher.publishIfComplete(id);
    while (outcome.isEmpty() && Instant.now().isBefore(deadline)) {
      sleep(pause);
      pause = longer(pause);
      outcome = publisher.publishIfComplete(id);
    }
    return outcome.isPresent() ? outcome.get() : leftToOthers(ready.plan(), done.results(), wait);
  }

  private void runJobs(UpdatePlan plan, List<RegionJob> jobs, MergedResults done)
      throws IOException {
    if (jobs.isEmpty()) {
      return; // and no store is opened
    }
    Map<RegionJobKey, List<SourceFile>> files = new LinkedHashMap<>();
    SourceFilePlan filePlan = SourceFilePlan.of(template.spec(), plan);
    jobs.forEach(job -> files.put(job.key(), filePlan.of(job)));
    files.values().forEach(resources.progress()::planned);
    try (UpdateWorker worker = UpdateWorker.open(plan.request().id(), template, resources)) {
      for (Map.Entry<RegionJobKey, List<SourceFile>> job : files.entrySet()) {
        done.add(worker.run(job.getKey(), job.getValue()));
      }
    }
  }

  private UpdateOutcome leftToOthers(
      UpdatePlan plan, Collection<RegionJobResult> done, Duration wait) throws IOException {
    UpdateId id = plan.request().id();
    String missing = missing(id, plan);
    if (!wait.isZero()) {
      throw new IOException(
          "Waited " + wait.toSeconds() + " s for other workers in vain: " + missing);
    }
    return new UpdateOutcome(
        id,
        plan.runId(),
        UpdateOutcome.Status.PARTIAL,
        "%d of %d jobs were this worker's; %s".formatted(done.size(), plan.jobs().size(), missing),
        plan.primary().extent(),
        plan.primary().extent(),
        plan.now(),
        Instant.now(),
        UpdateSummary.of(done),
        List.of());
  }

  private static String missing(UpdateId id, UpdatePlan plan) throws IOException {
    try (Journal journal = Journal.open(id, ObjectStores::open)) {
      SortedSet<RegionJobKey> unheard = journal.unheard(plan);
      return unheard.size()
          + " are not done yet: "
          + unheard.stream()
              .limit(MISSING_NAMED)
              .map(RegionJobKey::toString)
              .collect(Collectors.joining(", "))
          + (unheard.size() > MISSING_NAMED ? ", …" : "");
    }
  }

  private static Duration longer(Duration pause) {
    Duration doubled = pause.multipliedBy(2);
    return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
  }

  private static void sleep(Duration pause) throws InterruptedIOException {
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for other workers");
    }
  }
}
