package dev.firn.update;

import java.time.Instant;
import java.util.List;

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
 * @param stores what each store held, the primary first
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
    List<PinnedStore> stores) {
  /** Copies the collections. */
  public UpdatePlan {
    jobs = List.copyOf(jobs);
    stores = List.copyOf(stores);
  }

  UpdatePlan withJobs(List<RegionJobKey> keys) {
    return new UpdatePlan(
        runId, now, firnVersion, templateHash, request, extent, keys, publishesMetadata, stores);
  }

  PinnedStore primary() {
    return stores.get(0);
  }

  StoreRun run(StoreRole role) {
    return new StoreRun(request.id().job(), runId, stores.get(role.number()));
  }

  List<String> storeUrls() {
    return stores.stream().map(PinnedStore::url).toList();
  }
}
