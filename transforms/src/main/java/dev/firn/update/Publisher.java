package dev.firn.update;

import dev.firn.dataset.Template;
import dev.firn.io.object.ObjectStore;
import dev.firn.io.object.ObjectStores;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Ends an update, safely to repeat at any point and to do in several processes at once: takes the
 * results of all its jobs, publishes ({@link Publishing}), records the outcome, cleans up.
 */
public final class Publisher {
  /** Older chunks may have been taken for garbage. */
  private static final Duration SHARDS_TRUSTED = Duration.ofHours(12);

  private final Template template;
  private final Clock clock;
  private final Function<String, ObjectStore> opener;

  /** Publishes updates of one dataset. */
  public Publisher(Template template, Clock clock) {
    this(template, clock, ObjectStores::open);
  }

  Publisher(Template template, Clock clock, Function<String, ObjectStore> opener) {
    this.template = template;
    this.clock = clock;
    this.opener = opener;
  }

  /** Publishes what the jobs of {@code id} wrote, of all of which {@code results} are. */
  public UpdateOutcome publish(UpdateId id, MergedResults results) throws IOException {
    try (Journal journal = Journal.open(id, opener)) {
      Optional<UpdatePlan> plan = journal.plan();
      Optional<UpdateOutcome> ended = ended(journal, plan);
      return ended.isPresent() ? ended.get() : publish(journal, plan.orElseThrow(), results);
    }
  }

  /**
   * Publishes what the jobs of {@code id} wrote if the journal has the results of all; empty while
   * it has not.
   */
  public Optional<UpdateOutcome> publishIfComplete(UpdateId id) throws IOException {
    try (Journal journal = Journal.open(id, opener)) {
      Optional<UpdatePlan> plan = journal.plan();
      Optional<UpdateOutcome> ended = ended(journal, plan);
      if (ended.isPresent()) {
        return ended;
      }
      if (!journal.unheard(plan.orElseThrow()).isEmpty()) {
        return ended(journal, plan); // results go when the update has ended
      }
      Optional<MergedResults> results = journal.results(plan.get());
      return results.isPresent()
          ? Optional.of(publish(journal, plan.get(), results.get()))
          : journal.outcome(); // somebody else has published and cleans up
    }
  }

  /**
   * Ends an attempt at {@code id} whose lease another job took while its region jobs ran. What is
   * recorded of them can go on later.
   *
   * @param why who is at work
   * @param done what it has done
   */
  public UpdateOutcome turnAway(UpdateId id, String why, MergedResults done) throws IOException {
    try (Journal journal = Journal.open(id, opener)) {
      Optional<UpdatePlan> plan = journal.plan();
      Optional<UpdateOutcome> ended = ended(journal, plan);
      return ended.isPresent()
          ? ended.get()
          : journal.createOutcome(busy(plan.orElseThrow(), done, why));
    }
  }

  /**
   * Ends other jobs of the store that died when readers saw results of theirs, or while they were
   * cleaned up. What a refused job has left stays.
   *
   * @param own the journal of the job that has the lease
   */
  void endOthers(Journal own) throws IOException {
    for (Journal other : own.others()) {
      Optional<UpdatePlan> plan = other.plan();
      Optional<UpdateOutcome> outcome = other.outcome();
      if (outcome.filter(UpdateOutcome::endsRun).isPresent()) {
        cleanUp(other, plan, outcome.get(), opener);
      } else if (plan.isPresent() && plan.get().templateHash().equals(template.hash())) {
        endIfShown(other, plan.get());
      }
    }
  }

  private void endIfShown(Journal journal, UpdatePlan plan) throws IOException {
    Optional<Journal.Prepared> prepared = journal.prepared(plan.runId());
    Optional<MergedResults> results =
        prepared.isPresent() ? journal.results(plan) : Optional.empty();
    if (results.isEmpty()) {
      return;
    }
    try (StoreSet stores = StoreSet.open(plan.storeUrls(), opener)) {
      Publishing publishing = new Publishing(template, plan, stores, results.get().results());
      if (publishing.isBegun(prepared.get().extent())) {
        end(journal, plan, results.get(), stores);
      }
    }
  }

  /** The recorded outcome, if the update has ended. The plan was looked for before. */
  private Optional<UpdateOutcome> ended(Journal journal, Optional<UpdatePlan> plan)
      throws IOException {
    Optional<UpdateOutcome> done = journal.outcome();
    if (done.isPresent() && (done.get().isFinal() || plan.isEmpty())) {
      cleanUp(journal, plan, done.get(), opener);
      return done;
    }
    if (plan.isEmpty()) {
      throw new IOException("Cannot publish job " + journal.job() + ": it has no plan");
    }
    return Optional.empty();
  }

  private UpdateOutcome publish(Journal journal, UpdatePlan plan, MergedResults results)
      throws IOException {
    checkComplete(plan, results);
    checkOfThisRun(plan, results);
    StoreClocks.require(plan.storeUrls(), opener, clock);
    Lease lease = journal.lease(clock);
    try (LeaseKeeper keeper = new LeaseKeeper(lease);
        StoreSet stores = StoreSet.open(plan.storeUrls(), opener)) {
      Optional<Lease.Holder> other = lease.acquire();
      Optional<UpdateOutcome> before = ended(journal, Optional.of(plan));
      if (before.isPresent()) {
        return before.get(); // by another process: the lease may be with the next job already
      }
      if (other.isPresent()) {
        return journal.createOutcome(busy(plan, results, other.get().isAtWork()));
      }
      UpdateOutcome ended = end(journal, plan, results, stores);
      journal.forgetOld(clock.instant());
      return ended;
    }
  }

  private UpdateOutcome end(
      Journal journal, UpdatePlan plan, MergedResults results, StoreSet stores) throws IOException {
    long begun = System.nanoTime();
    UpdateOutcome outcome =
        published(journal, plan, results, stores)
            .publishedIn(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun));
    Optional<UpdateOutcome> earlier = journal.outcome().filter(UpdateOutcome::isFinal);
    if (earlier.isEmpty()) { // else another attempt was faster, and others may have gone on
      journal.putOutcome(outcome);
    }
    UpdateOutcome ended = earlier.orElse(outcome);
    cleanUp(journal, Optional.of(plan), ended, opener);
    return ended;
  }

  /** The lease ran out meanwhile, and was taken: what is done is recorded, and can go on later. */
  private UpdateOutcome busy(UpdatePlan plan, MergedResults results, String why) {
    return new UpdateOutcome(
        plan.request().id(),
        plan.runId(),
        UpdateOutcome.Status.BUSY,
        why,
        plan.primary().extent(),
        plan.primary().extent(),
        plan.now(),
        clock.instant(),
        UpdateSummary.of(results.results()),
        List.of());
  }

  private static void checkOfThisRun(UpdatePlan plan, MergedResults results) throws IOException {
    for (RegionJobResult result : results.results()) {
      if (!plan.runId().equals(result.runId())) {
        throw new IOException(
            "Cannot publish job %s: %s was done for run %s, which has ended, and now there is run %s: begin again"
                .formatted(plan.request().id().job(), result.key(), result.runId(), plan.runId()));
      }
    }
  }

  private static void checkComplete(UpdatePlan plan, MergedResults results) {
    SortedSet<RegionJobKey> unheard = new TreeSet<>(plan.jobs());
    unheard.removeAll(results.keys());
    if (!unheard.isEmpty()) {
      throw new IllegalStateException(
          "Cannot publish job "
              + plan.request().id().job()
              + ": nothing was heard from "
              + unheard);
    }
  }

  private UpdateOutcome published(
      Journal journal, UpdatePlan plan, MergedResults results, StoreSet stores) throws IOException {
    Optional<Journal.Prepared> begun = journal.prepared(plan.runId());
    Publishing.Result ours = new Publishing(template, plan, stores, results.results()).extent();
    if (begun.isEmpty() && ours.ending().isPresent()) {
      return outcome(plan, results, ours.ending().get(), stores);
    }
    if (begun.isEmpty()) {
      OneVersionEach.check(plan.request().id(), results.results());
    }
    Journal.Prepared wanted = new Journal.Prepared(ours.extent());
    Journal.Prepared prepared =
        begun.isPresent() ? begun.get() : journal.createPrepared(plan.runId(), wanted);
    boolean byAnotherAttempt = begun.isPresent() || !prepared.equals(wanted);
    MergedResults recorded = byAnotherAttempt ? journal.results(plan).orElse(results) : results;
    checkShards(plan, recorded, stores);
    return outcome(
        plan,
        recorded,
        new Publishing(template, plan, stores, recorded.results()).publish(prepared.extent()),
        stores);
  }

  private void checkShards(UpdatePlan plan, MergedResults results, StoreSet stores)
      throws IOException {
    boolean old = plan.now().plus(SHARDS_TRUSTED).isBefore(clock.instant());
    for (RegionJobResult result : results.results()) {
      if (old && !stores.holdAll(result.shards())) {
        throw new IOException(
            "Shards of " + result.key() + " are gone: run the job again before it is published");
      }
    }
  }

  /** Leaves an ended update: deletes what it no longer needs, or, if it was refused, keeps it. */
  static void cleanUp(
      Journal journal,
      Optional<UpdatePlan> plan,
      UpdateOutcome outcome,
      Function<String, ObjectStore> opener)
      throws IOException {
    journal.lease(Clock.systemUTC()).release();
    if (outcome.status() == UpdateOutcome.Status.REFUSED) {
      return;
    }
    if (plan.isPresent()) {
      try (StoreSet stores = StoreSet.open(plan.get().storeUrls(), opener)) {
        stores.cleanUp(plan.get());
      }
    }
    journal.cleanUp();
  }

  private UpdateOutcome outcome(
      UpdatePlan plan, MergedResults results, Publishing.Ending ending, StoreSet stores)
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
