package dev.firn.dataset;

import java.util.List;

/**
 * How data variables are cut, one number for each dimension, the append dimension first.
 *
 * @param chunk the inner chunk's shape
 * @param shard the stored object's shape, whole multiples of the chunk's
 */
public record ChunkSizes(List<Integer> chunk, List<Integer> shard) {
  /** Copies both and checks that chunks fill shards. */
  public ChunkSizes {
    chunk = List.copyOf(chunk);
    shard = List.copyOf(shard);
    for (int d = 0; d < chunk.size(); d++) {
      if (chunk.get(d) < 1 || shard.get(d) % chunk.get(d) != 0) {
        throw new ConfigurationException(
            "Invalid chunks "
                + chunk
                + " for shards "
                + shard
                + ": a shard is a whole multiple of a chunk");
      }
    }
  }

  /** Positions of the append dimension in one shard. */
  public int appendShardLength() {
    return shard.get(0);
  }
}
