package dev.firn.io.icechunk.maintenance;

import dev.firn.io.icechunk.format.SnapshotId;
import java.util.Set;

/**
 * What a garbage collection deletes.
 *
 * @param snapshots snapshot files
 * @param transactionLogs transaction logs
 * @param manifests manifests
 * @param chunks chunk objects
 * @param kept the snapshots that stay
 */
public record Garbage(
    Count snapshots, Count transactionLogs, Count manifests, Count chunks, Set<SnapshotId> kept) {
  /** Copies the ids. */
  public Garbage {
    kept = Set.copyOf(kept);
  }

  /**
   * Some objects.
   *
   * @param objects how many
   * @param bytes their lengths together
   */
  public record Count(long objects, long bytes) {
    /** These and others. */
    public Count plus(Count others) {
      return new Count(objects + others.objects, bytes + others.bytes);
    }
  }

  /** Everything together. */
  public Count total() {
    return snapshots.plus(transactionLogs).plus(manifests).plus(chunks);
  }
}
