package dev.firn.io.object.s3;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.zip.CRC32C;
import software.amazon.awssdk.core.sync.RequestBody;

/** The content of a put: read from its buffers where they are, anew for each attempt. */
final class PutBody {
  private final List<ByteBuffer> parts;

  PutBody(List<ByteBuffer> parts) {
    this.parts = parts.stream().map(ByteBuffer::duplicate).toList();
  }

  long sizeBytes() {
    return parts.stream().mapToLong(ByteBuffer::remaining).sum();
  }

  /** The same content in pieces of {@code pieceBytes}, the last of what is left. */
  List<PutBody> split(long pieceBytes) {
    List<PutBody> pieces = new ArrayList<>();
    List<ByteBuffer> piece = new ArrayList<>();
    long room = pieceBytes;
    for (ByteBuffer part : parts) {
      ByteBuffer rest = part.duplicate();
      while (rest.hasRemaining()) {
        int count = (int) Math.min(room, rest.remaining());
        piece.add(rest.slice(rest.position(), count));
        rest.position(rest.position() + count);
        room -= count;
        if (room == 0) {
          pieces.add(new PutBody(piece));
          piece.clear();
          room = pieceBytes;
        }
      }
    }
    if (!piece.isEmpty()) {
      pieces.add(new PutBody(piece));
    }
    return pieces;
  }

  RequestBody request(String contentType) {
    return RequestBody.fromContentProvider(() -> new BufferStream(parts), sizeBytes(), contentType);
  }

  /** The form of {@code x-amz-checksum-crc32c}: four bytes, the highest first, in base 64. */
  String crc32c() {
    CRC32C crc = new CRC32C();
    parts.forEach(part -> crc.update(part.duplicate()));
    byte[] bytes = ByteBuffer.allocate(Integer.BYTES).putInt((int) crc.getValue()).array();
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** Reads buffers one after the other, from position to limit of each. */
  private static final class BufferStream extends InputStream {
    private final Deque<ByteBuffer> rest = new ArrayDeque<>();

    BufferStream(List<ByteBuffer> parts) {
      parts.forEach(part -> rest.add(part.duplicate()));
    }

    @Override
    public int read() {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      while (!rest.isEmpty() && !rest.peek().hasRemaining()) {
        rest.remove();
      }
      if (rest.isEmpty()) {
        return -1;
      }
      int count = Math.min(length, rest.peek().remaining());
      rest.peek().get(target, offset, count);
      return count;
    }
  }
}
