package dev.firn.io.icechunk;

/**
 * What to do about conflicts that can be solved by taking a side; all others are errors.
 *
 * @param chunks whose chunk wins when both set it
 * @param failOnDeleteOfUpdatedArray whether an array that others changed must not be deleted
 * @param failOnDeleteOfUpdatedGroup whether a group that others changed must not be deleted
 */
public record ConflictPolicy(
    ChunkWinner chunks, boolean failOnDeleteOfUpdatedArray, boolean failOnDeleteOfUpdatedGroup) {
  /** Every conflict is an error. */
  public static final ConflictPolicy FAIL = new ConflictPolicy(ChunkWinner.NONE, true, true);

  /** The session wins. */
  public static final ConflictPolicy OURS = new ConflictPolicy(ChunkWinner.OURS, false, false);

  /** Whose chunk is kept. */
  public enum ChunkWinner {
    /** Nobody's: it is an error. */
    NONE,
    /** The session's. */
    OURS,
    /** What was committed meanwhile. */
    THEIRS
  }

  /** Whether this policy solves {@code conflict}. */
  boolean solves(Conflict conflict) {
    if (conflict instanceof Conflict.ChunksUpdatedTwice) {
      return chunks != ChunkWinner.NONE;
    }
    if (conflict instanceof Conflict.DeleteOfUpdatedArray) {
      return !failOnDeleteOfUpdatedArray;
    }
    return conflict instanceof Conflict.DeleteOfUpdatedGroup && !failOnDeleteOfUpdatedGroup;
  }
}
