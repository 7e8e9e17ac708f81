package dev.firn.io.icechunk.maintenance;

import dev.firn.io.icechunk.RepoChange;
import dev.firn.io.icechunk.Repository;
import dev.firn.io.icechunk.WritePermission;
import dev.firn.io.icechunk.format.RepoInfo;
import dev.firn.io.icechunk.format.UpdateType;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

/**
 * Takes old snapshots out of a repository's history, in one change of the repo info file. The first
 * snapshot of each history and the tips of branches and tags stay; what came between becomes
 * unreachable and is deleted by a later {@link GarbageCollection}.
 *
 * @param olderThan snapshots that were committed before this time expire
 * @param deleteBranches whether branches that end at an expired snapshot are deleted; {@code main}
 *     never is
 * @param deleteTags whether tags of expired snapshots are deleted
 * @param spared names of branches that are never deleted, and of which no own snapshot expires, nor
 *     the one where they left the others
 */
public record Expiration(
    Instant olderThan, boolean deleteBranches, boolean deleteTags, Predicate<String> spared) {

  /** Expires snapshots alone; branches and tags keep theirs. */
  public static Expiration of(Instant olderThan) {
    return new Expiration(olderThan, false, false, branch -> false);
  }

  /** What would be given up now. */
  public Expired preview(Repository repository) throws IOException {
    return new ExpirationPlan(repository.info(), this).expired();
  }

  /**
   * Expires.
   *
   * @return what was given up
   */
  public Expired run(Repository repository) throws IOException {
    AtomicReference<Expired> last = new AtomicReference<>();
    repository.change(
        now -> {
          ExpirationPlan plan = new ExpirationPlan(requirePermission(now), this);
          last.set(plan.expired());
          return new RepoChange.Changed(plan.after(), new UpdateType.Expired());
        });
    return last.get();
  }

  private RepoInfo requirePermission(RepoInfo now) {
    if (deleteTags) {
      WritePermission.require(now, WritePermission.Feature.DELETE_TAG);
    }
    return now;
  }
}
