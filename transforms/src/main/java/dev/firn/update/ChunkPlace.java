package dev.firn.update;

import dev.firn.io.icechunk.format.ChunkIndex;
import dev.firn.io.icechunk.format.NodePath;
import dev.firn.io.object.ObjectPath;
import java.util.Arrays;

/**
 * Where a shard is in an Icechunk repository.
 *
 * @param array its array
 * @param index its place in the array's grid of shards
 */
record ChunkPlace(NodePath array, ChunkIndex index) {

  /**
   * The place of a shard.
   *
   * @param key its key below the array, {@code c/…}
   */
  static ChunkPlace of(dev.firn.io.zarr.NodePath array, ObjectPath key) {
    long[] coordinates =
        Arrays.stream(key.value().split("/", -1)).skip(1).mapToLong(Long::parseLong).toArray();
    return new ChunkPlace(node(array), ChunkIndex.of(coordinates));
  }

  /** The same node as Icechunk writes its path. */
  static NodePath node(dev.firn.io.zarr.NodePath path) {
    return new NodePath("/" + path.value());
  }
}
