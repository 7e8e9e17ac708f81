package dev.firn.update;

import dev.firn.io.object.ObjectPath;
import dev.firn.io.zarr.NodePath;
import java.util.List;

/**
 * A shard that is durable in all stores, though readers may not be shown it yet.
 *
 * @param variable its array
 * @param key its key below the array
 * @param sizeBytes its size, the same everywhere
 * @param copies its copy in each store
 */
public record WrittenShard(
    NodePath variable, ObjectPath key, long sizeBytes, List<ShardCopy> copies) {
  /** Copies the list. */
  public WrittenShard {
    copies = List.copyOf(copies);
  }

  /** The copy in the store of {@code role}. */
  public ShardCopy copy(StoreRole role) {
    return copies.stream()
        .filter(copy -> copy.role().equals(role))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "Shard " + key + " of " + variable + " is not in " + role));
  }
}
