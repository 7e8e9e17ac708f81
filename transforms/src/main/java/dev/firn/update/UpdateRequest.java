package dev.firn.update;

/**
 * What a user, a schedule or a notification asks for.
 *
 * @param id the dataset, the store and the job name
 * @param kind backfill or update
 * @param filter which region jobs
 * @param overwriteChunks whether a backfill may rewrite what an existing store has
 * @param overwriteMetadata whether a backfill may change an existing store's metadata
 */
public record UpdateRequest(
    UpdateId id, Kind kind, JobFilter filter, boolean overwriteChunks, boolean overwriteMetadata) {

  /** What starts the work; the pipeline is the same. */
  public enum Kind {
    /** Chosen times of an archive, new or existing. */
    BACKFILL,
    /** The newest published forecast again, and the new ones. */
    UPDATE
  }
}
