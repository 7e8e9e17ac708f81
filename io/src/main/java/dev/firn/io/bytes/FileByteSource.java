package dev.firn.io.bytes;

import dev.firn.io.CorruptInputException;
import dev.firn.io.Origin;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file as a {@link ByteSource}; its length is taken when it is opened. */
final class FileByteSource implements ByteSource {
  private final FileChannel channel;
  private final long lengthBytes;
  private final Origin origin;

  private FileByteSource(FileChannel channel, long lengthBytes, Origin origin) {
    this.channel = channel;
    this.lengthBytes = lengthBytes;
    this.origin = origin;
  }

  static FileByteSource open(Path path) throws IOException {
    FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
    try {
      return new FileByteSource(channel, channel.size(), Origin.of(path.toString(), 0));
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  @Override
  public Origin origin() {
    return origin;
  }

  @Override
  public long lengthBytes() {
    return lengthBytes;
  }

  @Override
  public byte[] read(long offset, int length) throws IOException {
    if (offset < 0 || length < 0 || length > lengthBytes - offset) {
      throw new CorruptInputException(
          "read " + length + " bytes", origin.plus(offset), "there are " + lengthBytes);
    }
    ByteBuffer buffer = ByteBuffer.allocate(length);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, offset + buffer.position()) < 0) {
        throw new CorruptInputException(
            "read " + length + " bytes", origin.plus(offset), "the file has become shorter");
      }
    }
    return buffer.array();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
