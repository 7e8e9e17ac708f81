package dev.firn.io.icechunk;

import dev.firn.io.icechunk.format.ChunkIndex;
import dev.firn.io.icechunk.format.ChunkRef;
import java.util.Optional;

/**
 * What a session does to a chunk.
 *
 * @param index where the chunk is
 * @param ref where its bytes are now; empty when the chunk is deleted
 */
public record ChunkChange(ChunkIndex index, Optional<ChunkRef> ref) {
  /** A chunk that is set. */
  public static ChunkChange set(ChunkIndex index, ChunkRef ref) {
    return new ChunkChange(index, Optional.of(ref));
  }

  /** A chunk that is deleted. */
  public static ChunkChange deleted(ChunkIndex index) {
    return new ChunkChange(index, Optional.empty());
  }
}
