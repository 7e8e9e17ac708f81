package dev.firn.io.icechunk.format;

import java.util.Optional;

/** Where a chunk's bytes are (specification, "Chunk Manifest Files"). */
public sealed interface ChunkRef {
  /** The number of bytes of the chunk. */
  long lengthBytes();

  /**
   * A chunk that is in the manifest itself.
   *
   * @param content its bytes
   */
  record InlineChunk(Bytes content) implements ChunkRef {
    @Override
    public long lengthBytes() {
      return content.length();
    }
  }

  /**
   * A chunk in a chunk object of the repository.
   *
   * @param id the chunk object
   * @param offset the first byte in it
   * @param lengthBytes how many bytes
   */
  record NativeChunk(ChunkId id, long offset, long lengthBytes) implements ChunkRef {
    /** Checks the byte range. */
    public NativeChunk {
      checkRange(offset, lengthBytes);
    }
  }

  /**
   * A chunk in an object outside of the repository.
   *
   * @param location the object's URL
   * @param offset the first byte in it
   * @param lengthBytes how many bytes
   * @param checksum what tells that the object is still the same
   */
  record VirtualChunk(String location, long offset, long lengthBytes, Optional<Checksum> checksum)
      implements ChunkRef {
    /** Checks the byte range. */
    public VirtualChunk {
      checkRange(offset, lengthBytes);
    }
  }

  private static void checkRange(long offset, long lengthBytes) {
    if (offset < 0 || lengthBytes < 0 || offset + lengthBytes < 0) {
      throw new IllegalArgumentException(
          "Invalid chunk reference to " + lengthBytes + " bytes at offset " + offset);
    }
  }
}
