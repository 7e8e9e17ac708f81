package dev.firn.update;

import dev.firn.io.icechunk.format.ChunkId;
import dev.firn.io.icechunk.format.ChunkRef;
import dev.firn.io.icechunk.format.ChunkRef.InlineChunk;
import dev.firn.io.icechunk.format.ChunkRef.NativeChunk;

/**
 * Chunk references as versions of shards: {@code <chunk id>/<length>} of those that Firn writes.
 */
final class ChunkVersion {
  private ChunkVersion() {}

  /** The version of a chunk, also of one that is no chunk object of its own, as others write. */
  static ShardVersion of(ChunkRef ref) {
    if (ref instanceof NativeChunk chunk && chunk.offset() == 0) {
      return new ShardVersion(chunk.id().text() + "/" + chunk.lengthBytes());
    }
    return ref instanceof InlineChunk chunk
        ? new ShardVersion("inline/" + Sha256.hex(chunk.content().toArray()))
        : new ShardVersion(ref.toString());
  }

  /** The chunk object that {@link #of} named. */
  static NativeChunk parse(ShardVersion version) {
    String[] parts = version.text().split("/", -1);
    if (parts.length != 2) {
      throw new IllegalArgumentException(
          "Invalid chunk version '" + version + "': expected <chunk id>/<length>");
    }
    return new NativeChunk(ChunkId.parse(parts[0]), 0, Long.parseLong(parts[1]));
  }
}
