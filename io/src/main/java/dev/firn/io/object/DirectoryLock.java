package dev.firn.io.object;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Mutual exclusion between all processes that conditionally put into one directory.
 *
 * <p>The operating system's lock on a file in the directory does it, so the lock ends with its
 * holder however that dies. The file is removed when the lock is released. A waiter may then hold
 * the lock of a file that is no longer there: whoever gets a lock gives the file a random length, a
 * few times, and looks whether the file of that name has it. To open the file for that would not
 * do: where it is closed again, POSIX ends all locks that the process has on it.
 */
final class DirectoryLock implements AutoCloseable {
  private static final String NAME = LocalObjectStore.OWN_PREFIX + "lock";
  private static final ReentrantLock[] WITHIN_PROCESS = stripes();
  private static final int LOOKS = 4;
  private static final int LENGTHS = 4096;

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
    while (true) {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = channel.lock();
      if (lock.isValid() && isFileOf(channel, file)) {
        return channel;
      }
      channel.close();
    }
  }

  private static boolean isFileOf(FileChannel channel, Path file) throws IOException {
    try {
      for (int look = 0; look < LOOKS; look++) {
        int length = 1 + ThreadLocalRandom.current().nextInt(LENGTHS);
        channel.truncate(0);
        channel.write(ByteBuffer.allocate(length), 0);
        if (Files.size(file) != length) {
          return false;
        }
      }
      return true;
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
