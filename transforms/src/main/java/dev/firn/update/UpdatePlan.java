package dev.firn.update;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What an update is to do, pinned once: the content of {@code ready.json}. Every attempt at the
 * update reads it, and its values win over anything the attempt would compute.
 *
 * @param runId random, made with the plan
 * @param now the time of planning
 * @param firnVersion the version that planned
 * @param templateHash of the dataset's rendered metadata
 * @param request what was asked for
 * @param extent the length of the append dimension that is planned for
 * @param jobs the keys of all jobs, in order
 * @param publishesMetadata whether publication writes metadata
 * @param stores what each role's store held
 */
public record UpdatePlan(
    String runId,
    Instant now,
    String firnVersion,
    String templateHash,
    UpdateRequest request,
    long extent,
    List<RegionJobKey> jobs,
    boolean publishesMetadata,
    Map<String, PinnedStore> stores) {
  /** The role of the store that decides what the next update must do. */
  public static final String PRIMARY = "primary";

  /** Copies the collections. */
  public UpdatePlan {
    jobs = List.copyOf(jobs);
    stores = Map.copyOf(stores);
  }

  PinnedStore primary() {
    return stores.get(PRIMARY);
  }
}
