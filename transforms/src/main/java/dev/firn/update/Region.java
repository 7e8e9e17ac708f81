package dev.firn.update;

/**
 * A slice of the append dimension one shard long.
 *
 * @param index its number, from the start of the archive
 * @param start its first position
 * @param end the position after its last, cut at the extent that is planned
 */
public record Region(long index, long start, long end) {
  /** Positions in the region. */
  public int length() {
    return Math.toIntExact(end - start);
  }
}
