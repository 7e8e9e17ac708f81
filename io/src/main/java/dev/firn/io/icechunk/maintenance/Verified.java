package dev.firn.io.icechunk.maintenance;

import java.util.List;

/**
 * What a verification looked at, and what it found.
 *
 * @param snapshots snapshots read
 * @param transactionLogs transaction logs read
 * @param manifests manifests read
 * @param refs the chunk references in them
 * @param virtualObjects objects outside of the repository that were looked up
 * @param findings what is wrong, in the order of the objects; nothing when all is well
 */
public record Verified(
    long snapshots,
    long transactionLogs,
    long manifests,
    ChunkCounts refs,
    long virtualObjects,
    List<Finding> findings) {

  /** Copies the list. */
  public Verified {
    findings = List.copyOf(findings);
  }
}
