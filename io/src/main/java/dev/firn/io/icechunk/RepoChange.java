package dev.firn.io.icechunk;

import dev.firn.io.icechunk.format.RepoInfo;
import dev.firn.io.icechunk.format.UpdateType;

/**
 * A change of the repo info file: a pure function, applied again to a newer version when a race was
 * lost. It throws when it is not possible (any more).
 */
@FunctionalInterface
public interface RepoChange {
  /**
   * What a change makes.
   *
   * @param info the repository after it, with the operations log as it was
   * @param update what the log will say
   */
  record Changed(RepoInfo info, UpdateType update) {}

  /** Makes the change. */
  Changed apply(RepoInfo now);
}
