package dev.firn.io.object;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Mutual exclusion between all processes that conditionally put into one directory.
 *
 * <p>The operating system's lock on a file in the directory does it, so the lock ends with its
 * holder however that dies. The file is removed when the lock is released. A waiter may then hold
 * the lock of a file that is no longer there: whoever gets a lock writes a token and looks whether
 * the file of that name has it.
 */
final class DirectoryLock implements AutoCloseable {
  private static final String NAME = LocalObjectStore.OWN_PREFIX + "lock";
  private static final ReentrantLock[] WITHIN_PROCESS = stripes();

  private final ReentrantLock withinProcess;
  private final Path file;
  private final FileChannel channel;

  private DirectoryLock(ReentrantLock withinProcess, Path file, FileChannel channel) {
    this.withinProcess = withinProcess;
    this.file = file;
    this.channel = channel;
  }

  /** Waits for the lock of {@code directory}, which exists. */
  static DirectoryLock acquire(Path directory) throws IOException {
    Path file = directory.toRealPath().resolve(NAME);
    ReentrantLock withinProcess =
        WITHIN_PROCESS[Math.floorMod(file.hashCode(), WITHIN_PROCESS.length)];
    withinProcess.lock();
    try {
      return new DirectoryLock(withinProcess, file, lockedChannel(file));
    } catch (IOException failed) {
      withinProcess.unlock();
      throw new IOException("Cannot lock " + file + ": " + failed, failed);
    }
  }

  private static FileChannel lockedChannel(Path file) throws IOException {
    byte[] token = UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII);
    while (true) {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = channel.lock();
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(token), 0);
      if (lock.isValid() && isContentOf(file, token)) {
        return channel;
      }
      channel.close();
    }
  }

  private static boolean isContentOf(Path file, byte[] token) throws IOException {
    try {
      return Arrays.equals(Files.readAllBytes(file), token);
    } catch (NoSuchFileException removedByItsHolder) {
      return false;
    }
  }

  private static ReentrantLock[] stripes() {
    ReentrantLock[] stripes = new ReentrantLock[64];
    Arrays.setAll(stripes, index -> new ReentrantLock());
    return stripes;
  }

  @Override
  public void close() throws IOException {
    try {
      Files.deleteIfExists(file);
      channel.close();
    } finally {
      withinProcess.unlock();
    }
  }
}
