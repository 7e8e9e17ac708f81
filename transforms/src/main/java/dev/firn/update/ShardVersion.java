package dev.firn.update;

/**
 * The version of a shard in one store, as that store's format names it: an ETag in Zarr, a chunk's
 * id and length in Icechunk.
 *
 * @param text opaque to everyone but the {@link ArchiveStore} that made it
 */
public record ShardVersion(String text) {
  /** Checks that there is a text. */
  public ShardVersion {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("Invalid shard version: it is empty");
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
