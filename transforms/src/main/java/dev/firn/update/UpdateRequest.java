package dev.firn.update;

import java.util.ArrayList;
import java.util.List;

/**
 * What a user, a schedule or a notification asks for.
 *
 * @param id the dataset, the primary store and the job name
 * @param replicas the URLs of stores that are written like the primary
 * @param kind backfill or update
 * @param filter which region jobs
 * @param overwriteChunks whether a backfill may rewrite what an existing store has
 * @param overwriteMetadata whether a backfill may change an existing store's metadata
 */
public record UpdateRequest(
    UpdateId id,
    List<String> replicas,
    Kind kind,
    JobFilter filter,
    boolean overwriteChunks,
    boolean overwriteMetadata) {

  /** What starts the work; the pipeline is the same. */
  public enum Kind {
    /** Chosen times of an archive, new or existing. */
    BACKFILL,
    /** The newest published forecast again, and the new ones. */
    UPDATE
  }

  /** Copies the replicas. */
  public UpdateRequest {
    replicas = List.copyOf(replicas);
  }

  /** The URLs of all stores, the primary first. */
  public List<String> stores() {
    List<String> stores = new ArrayList<>(List.of(id.store()));
    stores.addAll(replicas);
    return stores;
  }

  /** The same request under a job name. */
  public UpdateRequest withJob(String job) {
    return new UpdateRequest(
        new UpdateId(id.dataset(), id.store(), job),
        replicas,
        kind,
        filter,
        overwriteChunks,
        overwriteMetadata);
  }

  /** The same request for other region jobs. */
  public UpdateRequest withFilter(JobFilter other) {
    return new UpdateRequest(id, replicas, kind, other, overwriteChunks, overwriteMetadata);
  }
}
