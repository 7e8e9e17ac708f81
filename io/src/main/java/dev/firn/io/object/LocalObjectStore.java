package dev.firn.io.object;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * An {@link ObjectStore} in a directory of a local file system: one file for each object.
 *
 * <p>A put writes a file of another name beside the target, forces it to the device, and renames it
 * over the target. Conditional puts hold a {@link DirectoryLock} meanwhile. An ETag is made of
 * size, modification time and file key. Names that start with {@code .firn-} are the store's own
 * and never listed; those of puts that died are removed when others begin to put into their
 * directory. A directory goes with its last object.
 */
public final class LocalObjectStore implements ObjectStore {
  static final String OWN_PREFIX = ".firn-";

  private static final String PUT_PREFIX = OWN_PREFIX + "put-";
  private static final Duration PUT_LIFETIME = Duration.ofDays(1);
  private static final Duration TICK = Duration.ofNanos(1_000);
  private static final int WRITE_ATTEMPTS = 100;

  private final Path root;

  /** Where a put last removed what others left: looking through a large directory takes long. */
  private volatile Path cleaned = Path.of("");

  /** The store in directory {@code root}, which the first put creates. */
  public LocalObjectStore(Path root) {
    this.root = root.toAbsolutePath().normalize();
  }

  @Override
  public String url() {
    return "file://" + root;
  }

  @Override
  public Optional<StoredObject> get(ObjectPath path) throws IOException {
    Path file = file(path);
    try {
      while (true) {
        ObjectStat before = statOf(path, file);
        byte[] bytes = readAll(file);
        // The open file keeps its content; if another one took its place, before or after it was
        // opened, that shows as another tag.
        if (statOf(path, file).etag().value().equals(before.etag().value())) {
          return Optional.of(new StoredObject(before, bytes));
        }
      }
    } catch (NoSuchFileException absent) {
      return Optional.empty();
    } catch (IOException failed) {
      throw failure("read", path, failed);
    }
  }

  @Override
  public Optional<byte[]> getRange(ObjectPath path, ByteRange range) throws IOException {
    try (FileChannel channel = FileChannel.open(file(path), StandardOpenOption.READ)) {
      return Optional.of(read(channel, range));
    } catch (NoSuchFileException absent) {
      return Optional.empty();
    } catch (IOException failed) {
      throw failure("read", path, failed);
    }
  }

  private static byte[] readAll(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return read(channel, new ByteRange(0, channel.size()));
    }
  }

  private static byte[] read(FileChannel channel, ByteRange range) throws IOException {
    long available = Math.max(0, Math.min(range.end(), channel.size()) - range.offset());
    ByteBuffer buffer = ByteBuffer.allocate(Math.toIntExact(available));
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, range.offset() + buffer.position()) < 0) {
        throw new IOException("the file became shorter while it was read");
      }
    }
    return buffer.array();
  }

  @Override
  public Optional<ObjectStat> stat(ObjectPath path) throws IOException {
    try {
      Path file = file(path);
      return Files.isDirectory(file) ? Optional.empty() : Optional.of(statOf(path, file));
    } catch (NoSuchFileException absent) {
      return Optional.empty();
    } catch (IOException failed) {
      throw failure("look at", path, failed);
    }
  }

  private static ObjectStat statOf(ObjectPath path, Path file) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    return statOf(path, attributes);
  }

  private static ObjectStat statOf(ObjectPath path, BasicFileAttributes attributes) {
    var modified = attributes.lastModifiedTime().toInstant();
    String tag =
        attributes.size()
            + "-"
            + modified.getEpochSecond()
            + "."
            + modified.getNano()
            + "-"
            + Integer.toHexString(String.valueOf(attributes.fileKey()).hashCode());
    return new ObjectStat(path, attributes.size(), new ETag(tag), modified);
  }

  @Override
  public ObjectStat put(ObjectPath path, List<ByteBuffer> parts) throws IOException {
    return put(path, parts, Instant.MIN);
  }

  /** Puts an object whose modification time is later than {@code before}. */
  private ObjectStat put(ObjectPath path, List<ByteBuffer> parts, Instant before)
      throws IOException {
    Path file = file(path);
    try {
      return inDirectory(file.getParent(), () -> putInto(file, path, parts, before));
    } catch (IOException failed) {
      throw failure("write", path, failed);
    }
  }

  private interface Write<T> {
    T run() throws IOException;
  }

  /** Creates a directory and writes into it, again if a delete has removed it in between. */
  private static <T> T inDirectory(Path directory, Write<T> write) throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        Files.createDirectories(directory);
        return write.run();
      } catch (IOException failed) {
        if (attempt == WRITE_ATTEMPTS || !(isGone(failed) || isGone(failed.getCause()))) {
          throw failed;
        }
      }
    }
  }

  /** How a directory shows that was removed after it was there. */
  private static boolean isGone(Throwable failed) {
    return failed instanceof NoSuchFileException || failed instanceof FileAlreadyExistsException;
  }

  private ObjectStat putInto(Path file, ObjectPath path, List<ByteBuffer> parts, Instant before)
      throws IOException {
    Path written = file.resolveSibling(PUT_PREFIX + UUID.randomUUID());
    try {
      write(written, parts, before);
      ObjectStat stat = statOf(path, written);
      Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
      if (!cleaned.equals(file.getParent())) {
        removeAbandoned(file.getParent());
        cleaned = file.getParent();
      }
      force(file.getParent());
      return stat;
    } finally {
      Files.deleteIfExists(written);
    }
  }

  private static void write(Path file, List<ByteBuffer> parts, Instant before) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      for (ByteBuffer part : parts) {
        ByteBuffer rest = part.duplicate();
        while (rest.hasRemaining()) {
          channel.write(rest);
        }
      }
      if (!Files.getLastModifiedTime(file).toInstant().isAfter(before)) {
        Files.setLastModifiedTime(file, FileTime.from(before.plus(TICK)));
      }
      channel.force(true);
    }
  }

  /** Deletes what puts left in {@code directory} whose process died a day ago or longer. */
  private static void removeAbandoned(Path directory) throws IOException {
    Instant limit = Instant.now().minus(PUT_LIFETIME);
    try (DirectoryStream<Path> puts = Files.newDirectoryStream(directory, PUT_PREFIX + "*")) {
      for (Path put : puts) {
        if (Files.exists(put) && Files.getLastModifiedTime(put).toInstant().isBefore(limit)) {
          Files.deleteIfExists(put);
        }
      }
    } catch (NoSuchFileException goneMeanwhile) {
      return; // another put has finished or cleaned up
    }
  }

  private static void force(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  @Override
  public Optional<ObjectStat> putIf(ObjectPath path, byte[] bytes, PutCondition condition)
      throws IOException {
    try (DirectoryLock lock = lock(path)) {
      Optional<ObjectStat> found = stat(path);
      // File systems count time in milliseconds and use the keys of deleted files again: of two
      // versions with one time, the later could get an ETag that a reader of an earlier one has.
      Instant before = found.map(ObjectStat::lastModified).orElse(Instant.MIN);
      return condition.holds(found.map(ObjectStat::etag))
          ? Optional.of(put(path, List.of(ByteBuffer.wrap(bytes)), before))
          : Optional.empty();
    }
  }

  private DirectoryLock lock(ObjectPath path) throws IOException {
    Path directory = file(path).getParent();
    try {
      return inDirectory(directory, () -> DirectoryLock.acquire(directory));
    } catch (IOException failed) {
      throw failure("write", path, failed);
    }
  }

  @Override
  public List<ObjectStat> list(ObjectPath prefix) throws IOException {
    List<ObjectStat> found = new ArrayList<>();
    Path start = prefix.value().isEmpty() ? root : file(prefix);
    if (!Files.exists(start)) {
      return found;
    }
    try {
      Files.walkFileTree(start, new Lister(found));
    } catch (IOException failed) {
      throw failure("list", prefix, failed);
    }
    found.sort(Comparator.comparing(ObjectStat::path));
    return found;
  }

  /** Collects every file that is an object; what vanishes while it looks is not there. */
  private final class Lister extends SimpleFileVisitor<Path> {
    private final List<ObjectStat> found;

    Lister(List<ObjectStat> found) {
      this.found = found;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (!file.getFileName().toString().startsWith(OWN_PREFIX)) {
        String relative = root.relativize(file).toString().replace('\\', '/');
        found.add(statOf(new ObjectPath(relative), attributes));
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failed) throws IOException {
      if (failed instanceof NoSuchFileException) {
        return FileVisitResult.CONTINUE;
      }
      throw failed;
    }
  }

  @Override
  public void delete(ObjectPath path) throws IOException {
    try {
      Path file = file(path);
      if (!Files.isDirectory(file) && Files.deleteIfExists(file)) {
        removeEmpty(file.getParent());
      }
    } catch (IOException failed) {
      throw failure("delete", path, failed);
    }
  }

  /** Removes a directory, and those above it, as far as they are empty: they are no objects. */
  private void removeEmpty(Path directory) throws IOException {
    try {
      for (Path empty = directory; !empty.equals(root); empty = empty.getParent()) {
        Files.deleteIfExists(empty);
      }
    } catch (DirectoryNotEmptyException inUse) {
      return;
    }
  }

  @Override
  public void close() {}

  private Path file(ObjectPath path) {
    if (path.value().isEmpty()) {
      throw new IllegalArgumentException(
          "Invalid object path: the root of " + url() + " is not an object");
    }
    return root.resolve(path.value());
  }

  private IOException failure(String action, ObjectPath path, IOException cause) {
    return new IOException(
        "Cannot " + action + " '" + path + "' in " + url() + ": " + cause, cause);
  }
}
