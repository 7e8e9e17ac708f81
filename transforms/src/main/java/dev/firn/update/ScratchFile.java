package dev.firn.update;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Values and bytes that the heap has no room for, in a temporary file that has no name any more, so
 * that it ends with the process. It grows with what is written. Threads may write and read at once.
 */
final class ScratchFile implements Closeable {
  private final FileChannel channel;
  private final AtomicLong end = new AtomicLong();

  private ScratchFile(FileChannel channel) {
    this.channel = channel;
  }

  static ScratchFile create() throws IOException {
    Path file = Files.createTempFile("firn-scratch-", ".bin");
    return new ScratchFile(
        FileChannel.open(
            file,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE));
  }

  /** Appends {@code values}; returns where they are. */
  long append(float[] values) throws IOException {
    ByteBuffer bytes = buffer(values.length);
    bytes.asFloatBuffer().put(values);
    return append(bytes);
  }

  /** Appends {@code bytes}; returns where they are. */
  long append(byte[] bytes) throws IOException {
    return append(ByteBuffer.wrap(bytes));
  }

  private long append(ByteBuffer bytes) throws IOException {
    long offset = end.getAndAdd(bytes.remaining());
    for (long at = offset; bytes.hasRemaining(); ) {
      at += channel.write(bytes, at);
    }
    return offset;
  }

  /** Reads {@code length} values at {@code offset} to {@code target}, from {@code index} on. */
  void read(long offset, float[] target, int index, int length) throws IOException {
    ByteBuffer bytes = buffer(length);
    fill(bytes, offset);
    bytes.flip().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(target, index, length);
  }

  /** Reads {@code lengthBytes} bytes at {@code offset}. */
  byte[] readBytes(long offset, int lengthBytes) throws IOException {
    byte[] bytes = new byte[lengthBytes];
    fill(ByteBuffer.wrap(bytes), offset);
    return bytes;
  }

  private void fill(ByteBuffer bytes, long offset) throws IOException {
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, offset + bytes.position()) < 0) {
        throw new EOFException("Cannot read scratch file: it ends before byte " + offset);
      }
    }
  }

  private static ByteBuffer buffer(int values) {
    return ByteBuffer.allocate(values * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
