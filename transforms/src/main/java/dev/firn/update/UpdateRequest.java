package dev.firn.update;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What a user, a schedule or a notification asks for.
 *
 * @param id the dataset, the primary store and the job name
 * @param replicas the URLs of stores that are written like the primary
 * @param kind backfill or update
 * @param filter which region jobs
 * @param overwriteChunks whether a backfill may rewrite what an existing store has
 * @param overwriteMetadata whether a backfill may change an existing store's metadata
 * @param files what has come, for {@link Kind#LIVE}: these files are read, and of others only what
 *     values need that stand on them; empty for the other kinds, which read all
 */
public record UpdateRequest(
    UpdateId id,
    List<String> replicas,
    Kind kind,
    JobFilter filter,
    boolean overwriteChunks,
    boolean overwriteMetadata,
    List<ArrivedFile> files) {

  /** What starts the work; the pipeline is the same. */
  public enum Kind {
    /** Chosen times of an archive, new or existing. */
    BACKFILL,
    /** The newest published forecast again, and the new ones. */
    UPDATE,
    /** Certain source files, of whatever time, as they come. */
    LIVE
  }

  /** Copies the lists; a request that was recorded without files is for all. */
  public UpdateRequest {
    replicas = List.copyOf(replicas);
    files = List.copyOf(Objects.requireNonNullElse(files, List.of()));
    if (files.isEmpty() == (kind == Kind.LIVE)) {
      throw new IllegalArgumentException(
          "Invalid request " + id + ": " + kind + " with " + files.size() + " files");
    }
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
        overwriteMetadata,
        files);
  }

  /** The same request for other region jobs. */
  public UpdateRequest withFilter(JobFilter other) {
    return new UpdateRequest(id, replicas, kind, other, overwriteChunks, overwriteMetadata, files);
  }
}
