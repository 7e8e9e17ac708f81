package dev.firn.io.icechunk;

import dev.firn.io.icechunk.format.Bytes;
import dev.firn.io.icechunk.format.ChunkId;
import dev.firn.io.icechunk.format.ChunkRef;
import dev.firn.io.icechunk.format.ChunkRef.InlineChunk;
import dev.firn.io.icechunk.format.ChunkRef.NativeChunk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Stores the chunks of a session.
 *
 * @param files the repository
 * @param settings make ids
 * @param config says which chunks are small
 */
record ChunkStorage(RepositoryFiles files, RepositorySettings settings, RepositoryConfig config) {

  /** Stores the concatenation of {@code parts}, which are not changed. */
  ChunkRef store(List<ByteBuffer> parts) throws IOException {
    long length = parts.stream().mapToLong(ByteBuffer::remaining).sum();
    if (length <= config.inlineThresholdBytes()) {
      return new InlineChunk(concatenated(parts));
    }
    ChunkId id = ChunkId.random(settings.random());
    files.store().put(RepositoryFiles.chunk(id), parts);
    return new NativeChunk(id, 0, length);
  }

  static Bytes concatenated(List<ByteBuffer> parts) {
    ByteBuffer content = ByteBuffer.allocate(parts.stream().mapToInt(ByteBuffer::remaining).sum());
    parts.forEach(part -> content.put(part.duplicate()));
    return Bytes.of(content.array());
  }
}
