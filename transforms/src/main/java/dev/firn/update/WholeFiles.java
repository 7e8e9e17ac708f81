package dev.firn.update;

import dev.firn.io.source.FileVersion;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The source files of a region job that are read whole: each is fetched once, however many
 * variables are read from it one after the other. From its first use to its last its bytes are in a
 * scratch file, as far as half of what is free there goes; what does not fit is fetched again. Safe
 * for use by many threads.
 */
final class WholeFiles implements Closeable {
  private static final Path SCRATCH_DIRECTORY = Path.of(System.getProperty("java.io.tmpdir"));

  private final Sources sources;
  private final Map<Version, Copy> copies = new ConcurrentHashMap<>();
  private Optional<ScratchFile> scratch = Optional.empty();
  private OptionalLong mostBytes;
  private long keptBytes;

  private WholeFiles(Sources sources, OptionalLong mostBytes) {
    this.sources = sources;
    this.mostBytes = mostBytes;
  }

  /** Files that are kept as far as half of what is free when the first is. */
  WholeFiles(Sources sources) {
    this(sources, OptionalLong.empty());
  }

  /** Files of which so many bytes are kept. */
  WholeFiles(Sources sources, long mostBytes) {
    this(sources, OptionalLong.of(mostBytes));
  }

  private record Version(String url, FileVersion version) {
    static Version of(FieldRef ref) {
      return new Version(ref.url(), ref.version());
    }
  }

  /** How often a file will be used yet, and where it is kept. */
  private static final class Copy {
    private int usesLeft;
    private Optional<Place> kept = Optional.empty();
  }

  private record Place(long offset, int lengthBytes) {}

  /** Says which fields will be asked for together, in place of what was said before. */
  void expect(Collection<List<FieldRef>> groups) {
    copies.clear();
    for (List<FieldRef> group : groups) {
      if (group.get(0).range().isEmpty()) {
        copyOf(group.get(0)).usesLeft++;
      }
    }
  }

  private Copy copyOf(FieldRef ref) {
    return copies.computeIfAbsent(Version.of(ref), version -> new Copy());
  }

  /** The content of the file that a field is in, for one of the groups that are expected. */
  byte[] content(FieldRef ref) throws IOException {
    Copy copy = copyOf(ref);
    synchronized (copy) {
      copy.usesLeft--;
      if (copy.kept.isPresent()) {
        return scratch().readBytes(copy.kept.get().offset(), copy.kept.get().lengthBytes());
      }
      byte[] content = sources.content(ref.url(), ref.version());
      if (copy.usesLeft > 0 && takeRoom(content.length)) {
        copy.kept = Optional.of(new Place(scratch().append(content), content.length));
      }
      return content;
    }
  }

  private synchronized boolean takeRoom(int lengthBytes) throws IOException {
    if (mostBytes.isEmpty()) {
      mostBytes = OptionalLong.of(Files.getFileStore(SCRATCH_DIRECTORY).getUsableSpace() / 2);
    }
    if (keptBytes + lengthBytes > mostBytes.getAsLong()) {
      return false;
    }
    keptBytes += lengthBytes;
    return true;
  }

  private synchronized ScratchFile scratch() throws IOException {
    if (scratch.isEmpty()) {
      scratch = Optional.of(ScratchFile.create());
    }
    return scratch.get();
  }

  /** Nothing is kept any longer. */
  @Override
  public synchronized void close() throws IOException {
    if (scratch.isPresent()) {
      scratch.get().close();
    }
  }
}
