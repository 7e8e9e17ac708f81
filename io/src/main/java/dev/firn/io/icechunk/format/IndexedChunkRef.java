package dev.firn.io.icechunk.format;

/**
 * An entry of a manifest.
 *
 * @param index where the chunk is in its array
 * @param ref where its bytes are
 */
public record IndexedChunkRef(ChunkIndex index, ChunkRef ref) {}
