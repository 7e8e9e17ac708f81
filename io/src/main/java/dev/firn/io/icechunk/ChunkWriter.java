package dev.firn.io.icechunk;

import dev.firn.io.icechunk.format.ChunkId;
import dev.firn.io.icechunk.format.ChunkIndex;
import dev.firn.io.icechunk.format.ChunkRef.NativeChunk;
import dev.firn.io.icechunk.format.NodePath;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;

/**
 * Writes chunk objects for a commit that someone else makes. A chunk written twice is one object:
 * its name follows from the run, the place in the array and the content.
 */
public final class ChunkWriter {
  private static final int ID_BYTES = 12;

  private final RepositoryFiles files;
  private final String run;

  /**
   * A writer for one run.
   *
   * @param run what makes the names differ from those of other runs: objects of a run that failed
   *     may be deleted while another one writes the same content
   */
  public ChunkWriter(RepositoryFiles files, String run) {
    this.files = files;
    this.run = run;
  }

  /** Writes a chunk: the concatenation of {@code parts}, which are not changed. */
  public NativeChunk put(NodePath array, ChunkIndex index, List<ByteBuffer> parts)
      throws IOException {
    long length = parts.stream().mapToLong(ByteBuffer::remaining).sum();
    if (length == 0) {
      throw new IllegalArgumentException(
          "Cannot store chunk " + index + " of array '" + array + "': it has no bytes");
    }
    ChunkId id = id(array, index, parts);
    files.store().put(RepositoryFiles.chunk(id), parts);
    return new NativeChunk(id, 0, length);
  }

  private ChunkId id(NodePath array, ChunkIndex index, List<ByteBuffer> parts) {
    MessageDigest digest = sha256();
    for (String text : List.of(run, array.value(), index.toString())) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
      digest.update(bytes);
    }
    parts.forEach(part -> digest.update(part.duplicate()));
    return ChunkId.of(Arrays.copyOf(digest.digest(), ID_BYTES));
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every Java platform has SHA-256", impossible);
    }
  }
}
