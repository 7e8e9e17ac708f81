package dev.firn.update;

import dev.firn.dataset.Template;
import dev.firn.io.object.ObjectStore;
import dev.firn.io.object.ObjectStores;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Ends an update, safely to repeat at any point and to do in several processes at once: takes the
 * results of all its jobs, publishes ({@link Rounds}), records the outcome, cleans up.
 */
public final class Publisher {
  private final Template template;
  private final Clock clock;
  private final Function<String, ObjectStore> opener;
  private final JobResources resources;

  /**
   * Publishes updates of one dataset.
   *
   * @param resources for jobs that have to be run again because others replaced shards of theirs
   */
  public Publisher(Template template, Clock clock, JobResources resources) {
    this(template, clock, resources, ObjectStores::open);
  }

  Publisher(
      Template template,
      Clock clock,
      JobResources resources,
      Function<String, ObjectStore> opener) {
    this.template = template;
    this.clock = clock;
    this.resources = resources;
    this.opener = opener;
  }

  /** Publishes what the jobs of {@code id} wrote, of all of which {@code results} are. */
  public UpdateOutcome publish(UpdateId id, MergedResults results) throws IOException {
    try (Journal journal = Journal.open(id, opener)) {
      Optional<UpdatePlan> plan = journal.plan();
      Optional<UpdateOutcome> ended = ended(journal, plan);
      if (ended.isPresent()) {
        return ended.get();
      }
      checkOfThisUpdate(plan.orElseThrow(), results);
      boolean isFirstRound = plan.get().earlierRuns().isEmpty();
      return publish(journal, plan.get(), isFirstRound ? Optional.of(results) : Optional.empty());
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
      if (!plan.get().earlierRuns().isEmpty()) {
        return Optional.of(publish(journal, plan.get(), Optional.empty()));
      }
      Optional<MergedResults> results = recorded(journal, plan.get());
      return results.isPresent()
          ? Optional.of(publish(journal, plan.get(), results))
          : journal.outcome(); // somebody else has published and cleans up
    }
  }

  private Optional<MergedResults> recorded(Journal journal, UpdatePlan plan) throws IOException {
    try (StoreSet stores = StoreSet.open(plan.storeUrls(), opener)) {
      return new RecordedResults(journal, plan, stores).all();
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

  /** Publishes {@code results}, or else what the journal has. */
  private UpdateOutcome publish(Journal journal, UpdatePlan plan, Optional<MergedResults> results)
      throws IOException {
    StoreClocks.require(plan.request(), opener, clock);
    Lease lease = journal.lease(plan.storeUrls(), clock);
    try (LeaseKeeper keeper = new LeaseKeeper(lease);
        StoreSet stores = StoreSet.open(plan.storeUrls(), opener)) {
      Optional<Lease.Holder> other = lease.acquire();
      Optional<UpdateOutcome> before =
          lease == Lease.NONE ? Optional.empty() : ended(journal, Optional.of(plan));
      if (before.isPresent()) {
        return before.get(); // by another process: the lease may be with the next job already
      }
      if (other.isPresent()) {
        MergedResults done = results.orElseGet(MergedResults::new);
        return journal.createOutcome(busy(plan, done, other.get().isAtWork()));
      }
      Rounds rounds = new Rounds(template, clock, opener, journal, stores);
      UpdateOutcome ended = end(journal, plan, results, rounds);
      journal.forgetOld(clock.instant());
      return ended;
    }
  }

  private UpdateOutcome end(
      Journal journal, UpdatePlan plan, Optional<MergedResults> given, Rounds rounds)
      throws IOException {
    long begun = System.nanoTime();
    Rounds.Ended ended = rounds.end(plan, given, resources);
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
    return conclude(journal, ended.plan(), ended.outcome().publishedIn(millis), opener);
  }

  /** Records how an update ended, unless another attempt was faster, and leaves it. */
  static UpdateOutcome conclude(
      Journal journal, UpdatePlan plan, UpdateOutcome outcome, Function<String, ObjectStore> opener)
      throws IOException {
    Optional<UpdateOutcome> earlier = journal.outcome().filter(UpdateOutcome::isFinal);
    if (earlier.isEmpty()) { // else others may have gone on
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

  /** Results may be of an earlier round, but not of an earlier update of this name. */
  private static void checkOfThisUpdate(UpdatePlan plan, MergedResults results) throws IOException {
    SortedSet<RegionJobKey> unheard = new TreeSet<>(plan.jobs());
    unheard.removeAll(results.keys());
    if (!unheard.isEmpty()) {
      throw new IllegalStateException(
          "Cannot publish job "
              + plan.request().id().job()
              + ": nothing was heard from "
              + unheard);
    }
    for (RegionJobResult result : results.results()) {
      if (!plan.runs().contains(result.runId())) {
        throw new IOException(
            "Cannot publish job %s: %s was done for run %s, which has ended, and now there is run %s: begin again"
                .formatted(plan.request().id().job(), result.key(), result.runId(), plan.runId()));
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
    if (plan.isPresent()) { // the last thing that goes
      journal.lease(plan.get().storeUrls(), Clock.systemUTC()).release();
    }
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
}
