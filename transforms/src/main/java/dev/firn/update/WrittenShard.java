package dev.firn.update;

import dev.firn.io.object.ETag;
import dev.firn.io.object.ObjectPath;
import dev.firn.io.zarr.NodePath;

/**
 * A shard that is durable in a store, though readers may not be shown it yet.
 *
 * @param variable its array
 * @param key its key below the array
 * @param etag its version
 * @param sizeBytes its size
 */
public record WrittenShard(NodePath variable, ObjectPath key, ETag etag, long sizeBytes) {}
