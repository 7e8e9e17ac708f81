package dev.firn.update;

import dev.firn.io.zarr.ArrayMetadata;
import dev.firn.io.zarr.ArrayValues;
import dev.firn.io.zarr.NodePath;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.SortedMap;

/** What an archive shows readers. Safe for use by many threads. */
interface ArchiveView {

  /** An attribute of the root group, if it has it and it is text. */
  Optional<String> attribute(String name);

  /** The metadata of all arrays; none when the archive holds nothing yet. */
  SortedMap<NodePath, ArrayMetadata> arrays();

  /** All values of an array that there is. */
  ArrayValues values(NodePath array) throws IOException;

  /**
   * An inner chunk of an array that there is, decoded; empty when the store has none there.
   *
   * @param shard the shard's number in each dimension
   * @param innerIndex the chunk's number in the shard, in C order
   */
  Optional<ByteBuffer> chunk(NodePath array, long[] shard, int innerIndex) throws IOException;
}
