package dev.firn.io.icechunk.maintenance;

/**
 * What a garbage collection deletes.
 *
 * @param snapshots snapshot files
 * @param transactionLogs transaction logs
 * @param manifests manifests
 * @param chunks chunk objects
 */
public record Garbage(Count snapshots, Count transactionLogs, Count manifests, Count chunks) {
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
