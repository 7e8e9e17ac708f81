package dev.firn.io.icechunk.maintenance;

import dev.firn.io.icechunk.format.SnapshotId;
import java.util.SortedSet;

/**
 * What an expiration gives up.
 *
 * @param released snapshots that are no longer in the repository's history
 * @param edited snapshots that have another parent now
 * @param deletedBranches branches that ended at an expired snapshot
 * @param deletedTags tags of an expired snapshot
 */
public record Expired(
    SortedSet<SnapshotId> released,
    SortedSet<SnapshotId> edited,
    SortedSet<String> deletedBranches,
    SortedSet<String> deletedTags) {}
