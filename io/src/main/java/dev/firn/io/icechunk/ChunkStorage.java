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
      ByteBuffer content = ByteBuffer.allocate((int) length);
      parts.forEach(part -> content.put(part.duplicate()));
      return new InlineChunk(Bytes.of(content.array()));
    }
    ChunkId id = ChunkId.random(settings.random());
    files.store().put(RepositoryFiles.chunk(id), parts);
    return new NativeChunk(id, 0, length);
  }
}
