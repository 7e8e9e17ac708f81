package dev.firn.io.icechunk;

import dev.firn.io.icechunk.format.ChunkRef;
import dev.firn.io.icechunk.format.ChunkRef.InlineChunk;
import dev.firn.io.icechunk.format.ChunkRef.NativeChunk;
import dev.firn.io.icechunk.format.ChunkRef.VirtualChunk;
import dev.firn.io.object.ByteRange;
import dev.firn.io.object.ObjectPath;
import java.io.IOException;

/** Reads what references refer to. */
final class ChunkBytes {
  private final RepositoryFiles files;
  private final VirtualChunks virtual;

  ChunkBytes(RepositoryFiles files, VirtualChunks virtual) {
    this.files = files;
    this.virtual = virtual;
  }

  /** Part of a chunk, cut at its end. */
  byte[] read(ChunkRef ref, ByteRange wanted) throws IOException {
    long offset = Math.min(wanted.offset(), ref.lengthBytes());
    long length = Math.min(wanted.lengthBytes(), ref.lengthBytes() - offset);
    if (length == 0) {
      return new byte[0];
    }
    ByteRange range = new ByteRange(offset, length);
    if (ref instanceof InlineChunk inline) {
      byte[] bytes = new byte[(int) length];
      inline.content().asBuffer().get((int) offset, bytes);
      return bytes;
    }
    return ref instanceof VirtualChunk chunk
        ? virtual.read(chunk, range)
        : stored((NativeChunk) ref, range);
  }

  private byte[] stored(NativeChunk chunk, ByteRange range) throws IOException {
    ObjectPath path = RepositoryFiles.chunk(chunk.id());
    ByteRange wanted = new ByteRange(chunk.offset() + range.offset(), range.lengthBytes());
    return Stored.exactly(
        files.store().getRange(path, wanted), wanted, "chunk", files.origin(path));
  }
}
