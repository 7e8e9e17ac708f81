package dev.firn.io.icechunk;

import dev.firn.io.icechunk.format.ChunkIndex;
import dev.firn.io.icechunk.format.Node.ArrayNode;
import java.util.Collection;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Which manifests a commit of many chunks of one array writes, so that others can write them:
 * workers sort their changes by {@link #part}, whoever has all changes of a part does its {@link
 * ManifestJob}, and the session takes the results.
 */
public final class ManifestPlan {
  private final ArrayNode array;
  private final ManifestSplits splits;
  private final RepositoryConfig config;

  ManifestPlan(ArrayNode array, RepositoryConfig config) {
    this.array = array;
    this.splits = config.splitting().splits(array.path(), array.dimensions());
    this.config = config;
  }

  /**
   * The number of the part that a chunk is in.
   *
   * @throws IllegalArgumentException when the chunk is outside of the array's chunk grid
   */
  public long part(ChunkIndex index) {
    return splits
        .part(index)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Chunk " + index + " is outside of array '" + array.path() + "'"));
  }

  /** The manifests to write for changes in {@code parts}, by part. */
  public SortedMap<Long, ManifestJob> jobs(Collection<Long> parts) {
    SortedSet<Long> changed = new TreeSet<>(parts);
    return ArrayPlan.of(array, splits, changed, config).changed();
  }
}
