package dev.firn.update;

import dev.firn.io.object.ETag;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What an update is to do, pinned: the content of {@code ready.json}. Every attempt at the update
 * reads it, and its values win over anything the attempt would compute. Only where others have
 * replaced shards that the update wrote too does another plan take its place, for the next round:
 * that of a run of its own, on what readers see by then.
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
 * @param earlierRuns the runs of the rounds before, in order: what they wrote counts where others
 *     have not replaced it
 * @param neighbours of a live update: the files that the archive is made of already, on which
 *     values stand beside those that have come; of each the version, {@link #ANY_VERSION} if that
 *     is not known
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
    List<PinnedStore> stores,
    List<String> earlierRuns,
    Map<String, ETag> neighbours) {
  /** Stands for whatever version of a file is there. */
  static final ETag ANY_VERSION = new ETag("*");

  /** Copies the collections. A plan that was recorded without earlier runs has none. */
  public UpdatePlan {
    jobs = List.copyOf(jobs);
    stores = List.copyOf(stores);
    earlierRuns = List.copyOf(Objects.requireNonNullElse(earlierRuns, List.of()));
    neighbours = new TreeMap<>(Objects.requireNonNullElse(neighbours, Map.of()));
  }

  /** The plan of the next round: the same work, on what the stores hold now. */
  UpdatePlan next(String nextRun, List<PinnedStore> now) {
    List<String> runs = new ArrayList<>(earlierRuns);
    runs.add(runId);
    return new UpdatePlan(
        nextRun,
        this.now,
        firnVersion,
        templateHash,
        request,
        Math.max(extent, now.get(0).extent()),
        jobs,
        publishesMetadata,
        now,
        runs,
        Map.of());
  }

  /** Its run and those of the rounds before, the latest first. */
  List<String> runs() {
    List<String> runs = new ArrayList<>(earlierRuns);
    runs.add(runId);
    Collections.reverse(runs);
    return runs;
  }

  /** Whether readers are shown all of it by one step, with nothing to agree upon before. */
  boolean isOneStep() {
    return isStraight() && stores.size() == 1 && !Lease.isNeeded(storeUrls());
  }

  /** Whether its publication is one commit straight to what readers see. */
  boolean isStraight() {
    return request.kind() == UpdateRequest.Kind.LIVE;
  }

  UpdatePlan withJobs(List<RegionJobKey> keys) {
    return new UpdatePlan(
        runId,
        now,
        firnVersion,
        templateHash,
        request,
        extent,
        keys,
        publishesMetadata,
        stores,
        earlierRuns,
        neighbours);
  }

  /** The same with the files of the archive that it reads beside those that have come. */
  UpdatePlan withNeighbours(Map<String, ETag> versions) {
    return new UpdatePlan(
        runId,
        now,
        firnVersion,
        templateHash,
        request,
        extent,
        jobs,
        publishesMetadata,
        stores,
        earlierRuns,
        versions);
  }

  PinnedStore primary() {
    return stores.get(0);
  }

  StoreRun run(StoreRole role) {
    return new StoreRun(request.id().job(), runId, stores.get(role.number()), isStraight());
  }

  List<String> storeUrls() {
    return stores.stream().map(PinnedStore::url).toList();
  }
}
