package dev.firn.update;

import dev.firn.io.object.ObjectStores;
import java.io.IOException;
import java.util.Optional;

/**
 * How far an update is, as its journal tells: for whoever watches region jobs that run elsewhere.
 *
 * @param planned how many region jobs the update has
 * @param finished how many of them have recorded a result
 */
public record JobProgress(int planned, int finished) {

  /** Looks into the journal of {@code id}; empty while it has no plan, or has one no more. */
  public static Optional<JobProgress> read(UpdateId id) throws IOException {
    try (Journal journal = Journal.open(id, ObjectStores::open)) {
      Optional<UpdatePlan> plan = journal.plan();
      if (plan.isEmpty()) {
        return Optional.empty();
      }
      int planned = plan.get().jobs().size();
      return Optional.of(new JobProgress(planned, planned - journal.unheard(plan.get()).size()));
    }
  }
}
