package dev.firn.io.icechunk.maintenance;

import dev.firn.io.icechunk.format.ChunkRef;

/**
 * Chunk references by kind.
 *
 * @param nativeChunks in chunk objects of the repository
 * @param inlineChunks in manifests
 * @param virtualChunks in objects outside of the repository
 * @param bytes the lengths of all chunks together
 */
public record ChunkCounts(long nativeChunks, long inlineChunks, long virtualChunks, long bytes) {
  /** No references. */
  public static final ChunkCounts NONE = new ChunkCounts(0, 0, 0, 0);

  /** These and others. */
  public ChunkCounts plus(ChunkCounts others) {
    return new ChunkCounts(
        nativeChunks + others.nativeChunks,
        inlineChunks + others.inlineChunks,
        virtualChunks + others.virtualChunks,
        bytes + others.bytes);
  }

  /** All references. */
  public long total() {
    return nativeChunks + inlineChunks + virtualChunks;
  }

  /** Counts references one by one. */
  static final class Counter {
    private long nativeChunks;
    private long inlineChunks;
    private long virtualChunks;
    private long bytes;

    void add(ChunkRef ref) {
      bytes += ref.lengthBytes();
      if (ref instanceof ChunkRef.NativeChunk) {
        nativeChunks++;
      } else if (ref instanceof ChunkRef.InlineChunk) {
        inlineChunks++;
      } else {
        virtualChunks++;
      }
    }

    ChunkCounts counts() {
      return new ChunkCounts(nativeChunks, inlineChunks, virtualChunks, bytes);
    }
  }
}
