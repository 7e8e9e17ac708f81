package dev.firn.update;

import dev.firn.dataset.Template;
import dev.firn.io.object.ObjectStore;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * Publishes an update in as many rounds as it takes: where others have replaced shards that it
 * wrote too, a plan for what readers see now takes the place of the one before, the jobs of those
 * shards run again, and their results and the others' are published.
 */
final class Rounds {
  /** In how many rounds jobs run again before the update is refused. */
  static final int LIMIT = 3;

  /** Older chunks may have been taken for garbage. */
  private static final Duration SHARDS_TRUSTED = Duration.ofHours(12);

  private final Template template;
  private final Clock clock;
  private final Function<String, ObjectStore> opener;
  private final Journal journal;
  private final StoreSet stores;

  /** Rounds of the update whose {@code journal} and {@code stores} these are. */
  Rounds(
      Template template,
      Clock clock,
      Function<String, ObjectStore> opener,
      Journal journal,
      StoreSet stores) {
    this.template = template;
    this.clock = clock;
    this.opener = opener;
    this.journal = journal;
    this.stores = stores;
  }

  /**
   * How an update came to its end.
   *
   * @param plan the one that counts
   * @param outcome how it ended
   */
  record Ended(UpdatePlan plan, UpdateOutcome outcome) {}

  /**
   * Publishes {@code given} or, where that is empty, the results that the journal has, and whatever
   * jobs have to be run again with {@code resources}.
   */
  Ended end(UpdatePlan first, Optional<MergedResults> given, JobResources resources)
      throws IOException {
    UpdatePlan plan = first;
    Optional<MergedResults> results = given.isPresent() ? given : results(plan, resources);
    while (results.isPresent()) {
      Optional<UpdateOutcome> outcome = publish(plan, results.get());
      PlannedUpdate next =
          outcome.isPresent()
              ? new PlannedUpdate.Settled(outcome.get())
              : next(plan, results.get());
      if (next instanceof PlannedUpdate.Settled settled) {
        return new Ended(plan, settled.outcome());
      }
      plan = ((PlannedUpdate.Ready) next).plan();
      results = results(plan, resources);
    }
    return new Ended(plan, endedByAnother(plan));
  }

  /** Publishes the results of all jobs; empty if some jobs have to be run again first. */
  Optional<UpdateOutcome> publish(UpdatePlan plan, MergedResults results) throws IOException {
    Publishing.Result ours = publishing(plan, results).extent();
    boolean isAtOnce = plan.isOneStep() && ours.ending().isEmpty();
    Optional<Journal.Prepared> begun = isAtOnce ? Optional.empty() : journal.prepared(plan.runId());
    if (begun.isEmpty() && ours.ending().isPresent()) {
      return Optional.of(outcome(plan, results, ours.ending().get()));
    }
    Optional<String> mixture =
        begun.isEmpty() ? OneVersionEach.mixture(results.results()) : Optional.empty();
    if (mixture.isPresent()) {
      return Optional.of(replacedMeanwhile(plan, results, mixture.get()));
    }
    Journal.Prepared wanted = new Journal.Prepared(ours.extent());
    Journal.Prepared prepared =
        begun.isPresent() ? begun.get() : journal.createPrepared(plan.runId(), wanted);
    boolean byAnotherAttempt = begun.isPresent() || !prepared.equals(wanted);
    MergedResults recorded =
        byAnotherAttempt
            ? new RecordedResults(journal, plan, stores).all().orElse(results)
            : results;
    checkShards(plan, recorded);
    Optional<Publishing.Ending> ending = publishing(plan, recorded).publish(prepared.extent());
    return ending.isPresent()
        ? Optional.of(outcome(plan, recorded, ending.get()))
        : Optional.empty();
  }

  /**
   * Another attempt at the update mends it: recorded results do not stand that are of a version
   * which is gone, so those jobs run again. A live update ends, and what has come since is another.
   */
  private UpdateOutcome replacedMeanwhile(UpdatePlan plan, MergedResults results, String what)
      throws IOException {
    if (plan.isStraight()) {
      return outcome(
          plan,
          results,
          new Publishing.Ending(UpdateOutcome.Status.FAILED, what, plan.primary().extent()));
    }
    throw new IOException(
        "Cannot publish job %s: %s; begin again, and only what was read of a version that is gone is read again"
            .formatted(plan.request().id().job(), what));
  }

  private Publishing publishing(UpdatePlan plan, MergedResults results) {
    return new Publishing(template, plan, stores, results.results());
  }

  private void checkShards(UpdatePlan plan, MergedResults results) throws IOException {
    boolean old = plan.now().plus(SHARDS_TRUSTED).isBefore(clock.instant());
    for (RegionJobResult result : results.results()) {
      if (old && !stores.holdAll(result.shards())) {
        throw new IOException(
            "Shards of " + result.key() + " are gone: run the job again before it is published");
      }
    }
  }

  /**
   * The plan of the next round, or why there is none. Others who are in the middle of publishing
   * are brought to their end first, so that what is found is the same in all stores.
   */
  private PlannedUpdate next(UpdatePlan plan, MergedResults results) throws IOException {
    boolean mayBeAtWork = !Lease.isNeeded(plan.storeUrls());
    List<PinnedStore> found = stores.state(template);
    while (new OtherJobs(template, clock, opener).end(journal, mayBeAtWork)) {
      found = stores.state(template);
    }
    Publishing publishing = publishing(plan, results);
    long extent = publishing.extent().extent();
    Optional<Publishing.Ending> refusal =
        plan.earlierRuns().size() < LIMIT
            ? publishing.refusal(extent)
            : Optional.of(publishing.overtaken(extent, LIMIT));
    if (refusal.isPresent()) {
      return new PlannedUpdate.Settled(outcome(plan, results, refusal.get()));
    }
    UpdatePlan following = plan.next(UUID.randomUUID().toString(), found);
    if (plan.isStraight()) {
      following = LiveFiles.withNeighbours(template.spec(), following, stores);
    }
    Optional<UpdatePlan> next = journal.replacePlan(plan, following);
    if (next.isEmpty()) {
      return new PlannedUpdate.Settled(endedByAnother(plan));
    }
    stores.setUp(next.get());
    return new PlannedUpdate.Ready(next.get(), List.of());
  }

  private UpdateOutcome endedByAnother(UpdatePlan plan) throws IOException {
    return journal
        .outcome()
        .orElseThrow(
            () ->
                new IOException(
                    "Cannot publish job " + plan.request().id().job() + ": its plan has vanished"));
  }

  /**
   * The results of all jobs of a plan, some of which are run for that; empty if the update has
   * ended meanwhile.
   */
  private Optional<MergedResults> results(UpdatePlan plan, JobResources resources)
      throws IOException {
    MergedResults results = new RecordedResults(journal, plan, stores).found();
    List<RegionJobKey> missing = new ArrayList<>(plan.jobs());
    missing.removeAll(results.keys());
    if (missing.isEmpty()) {
      return Optional.of(results);
    }
    if (journal.plan().isEmpty()) {
      return Optional.empty();
    }
    try (UpdateWorker worker = UpdateWorker.open(plan, template, resources, opener)) {
      for (RegionJobKey key : missing) {
        results.add(worker.run(key));
      }
    }
    return Optional.of(results);
  }

  private UpdateOutcome outcome(UpdatePlan plan, MergedResults results, Publishing.Ending ending)
      throws IOException {
    long before = plan.primary().extent();
    return new UpdateOutcome(
        plan.request().id(),
        plan.runId(),
        ending.status(),
        ending.message(),
        before,
        Math.max(before, ending.extent()),
        plan.now(),
        clock.instant(),
        UpdateSummary.of(results.results()),
        stores.state(template));
  }
}
