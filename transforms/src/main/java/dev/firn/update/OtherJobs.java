package dev.firn.update;

import dev.firn.dataset.Template;
import dev.firn.io.object.ObjectStore;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;

/**
 * Ends other jobs of a store which readers see results of, but not in all stores yet, or which only
 * had to be cleaned up: they have died, or are at it. What a refused job has left stays.
 */
final class OtherJobs {
  private final Template template;
  private final Clock clock;
  private final Function<String, ObjectStore> opener;

  OtherJobs(Template template, Clock clock, Function<String, ObjectStore> opener) {
    this.template = template;
    this.clock = clock;
    this.opener = opener;
  }

  /**
   * Ends those that can be ended without running their jobs again; says whether readers were shown
   * anything.
   *
   * @param own the journal of the job that asks
   * @param mayBeAtWork whether others may be alive: then one that ended without a publication is
   *     left to its next attempt, which may be under way
   */
  boolean end(Journal own, boolean mayBeAtWork) throws IOException {
    boolean anyShown = false;
    for (Journal other : own.others()) {
      Optional<UpdatePlan> plan = other.plan();
      Optional<UpdateOutcome> outcome = other.outcome();
      if (outcome.filter(UpdateOutcome::endsRun).isPresent()) {
        if (outcome.get().isFinal() || !mayBeAtWork) {
          Publisher.cleanUp(other, plan, outcome.get(), opener);
        }
      } else if (plan.isPresent() && plan.get().templateHash().equals(template.hash())) {
        anyShown |= endIfShown(other, plan.get());
      }
    }
    return anyShown;
  }

  private boolean endIfShown(Journal journal, UpdatePlan plan) throws IOException {
    Optional<Journal.Prepared> prepared = journal.prepared(plan.runId());
    if (prepared.isEmpty()) {
      return false;
    }
    try (StoreSet stores = StoreSet.open(plan.storeUrls(), opener)) {
      Optional<MergedResults> results = new RecordedResults(journal, plan, stores).all();
      if (results.isEmpty()
          || !new Publishing(template, plan, stores, results.get().results())
              .isBegun(prepared.get().extent())) {
        return false;
      }
      Optional<UpdateOutcome> ended =
          new Rounds(template, clock, opener, journal, stores).publish(plan, results.get());
      if (ended.isPresent()) {
        Publisher.conclude(journal, plan, ended.get(), opener);
      }
      return ended.isPresent();
    }
  }
}
