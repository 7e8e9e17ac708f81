package dev.firn.io.icechunk.format;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A snapshot as the repo info file lists it.
 *
 * @param id the snapshot
 * @param parent the one before it; empty of the first
 * @param flushedAt when it was committed, in microseconds
 * @param message the commit message
 * @param metadata the commit's properties
 * @param prunedLogs transaction logs of ancestors that expired, oldest first: with this snapshot's
 *     own they are its change from its parent
 */
public record SnapshotInfo(
    SnapshotId id,
    Optional<SnapshotId> parent,
    Instant flushedAt,
    String message,
    SortedMap<String, JsonNode> metadata,
    List<SnapshotId> prunedLogs) {
  /** Copies the collections. */
  public SnapshotInfo {
    flushedAt = Timestamps.check(flushedAt);
    metadata = Sorted.byUtf8(metadata);
    prunedLogs = List.copyOf(prunedLogs);
  }
}
