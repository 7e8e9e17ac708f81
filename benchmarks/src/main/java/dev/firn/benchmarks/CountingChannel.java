package dev.firn.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file that counts what is read of it, each read being a range of a remote object. */
final class CountingChannel implements SeekableByteChannel {
  private final FileChannel file;
  private long reads;
  private long bytes;

  CountingChannel(Path path) throws IOException {
    this.file = FileChannel.open(path, StandardOpenOption.READ);
  }

  long reads() {
    return reads;
  }

  long bytes() {
    return bytes;
  }

  @Override
  public int read(ByteBuffer to) throws IOException {
    int count = file.read(to);
    reads++;
    bytes += Math.max(0, count);
    return count;
  }

  @Override
  public int write(ByteBuffer from) {
    throw new UnsupportedOperationException("this file is read only");
  }

  @Override
  public long position() throws IOException {
    return file.position();
  }

  @Override
  public SeekableByteChannel position(long position) throws IOException {
    file.position(position);
    return this;
  }

  @Override
  public long size() throws IOException {
    return file.size();
  }

  @Override
  public SeekableByteChannel truncate(long size) {
    throw new UnsupportedOperationException("this file is read only");
  }

  @Override
  public boolean isOpen() {
    return file.isOpen();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
