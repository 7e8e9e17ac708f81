package dev.firn.io.source;

import dev.firn.io.CorruptInputException;
import dev.firn.io.Origin;
import dev.firn.io.bytes.ByteSource;
import dev.firn.io.object.ByteRange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.IntStream;

/**
 * Files of which those that are wrapped as a whole ({@link Wrapper}) are read as what is in them:
 * {@link #get}, {@link #read} and {@link #bytes} give their contents. A {@link FileVersion} is that
 * of the wrapped file, its size too: how much is in a file is known when it was read.
 *
 * <p>A wrapped file is fetched whole, whatever part of it is asked for; the contents of the last
 * few are kept. One that cannot be unwrapped is a {@link CorruptInputException}.
 */
public final class UnwrappedFiles implements SourceFiles {
  private static final long KEPT_BYTES = 64 << 20;

  private final SourceFiles files;
  private final long mostBytes;
  private final Map<Key, byte[]> kept = new LinkedHashMap<>(16, 0.75f, true);
  private long keptBytes;

  /** The contents of {@code files}, each at most {@link Wrapper#MOST_BYTES} long. */
  public UnwrappedFiles(SourceFiles files) {
    this(files, Wrapper.MOST_BYTES);
  }

  UnwrappedFiles(SourceFiles files, long mostBytes) {
    this.files = files;
    this.mostBytes = mostBytes;
  }

  private record Key(String url, FileVersion version) {}

  @Override
  public Optional<FileVersion> find(String url) throws IOException {
    return files.find(url);
  }

  @Override
  public Optional<VersionedFile> get(String url) throws IOException {
    Optional<VersionedFile> file = files.get(url);
    Optional<Wrapper> wrapper = Wrapper.of(url);
    if (wrapper.isEmpty() || file.isEmpty()) {
      return file;
    }
    byte[] content = unwrapped(url, wrapper.get(), file.get().bytes());
    return Optional.of(new VersionedFile(file.get().version(), content));
  }

  private byte[] unwrapped(String url, Wrapper wrapper, byte[] wrapped) {
    return wrapper.unwrap(wrapped, Origin.of(url, 0), mostBytes);
  }

  @Override
  public List<byte[]> read(String url, FileVersion version, List<ByteRange> ranges)
      throws IOException {
    Optional<Wrapper> wrapper = Wrapper.of(url);
    if (wrapper.isEmpty()) {
      return files.read(url, version, ranges);
    }
    byte[] content = content(url, wrapper.get(), version);
    List<byte[]> parts = new ArrayList<>();
    for (ByteRange range : ranges) {
      if (range.end() > content.length) {
        throw new CorruptInputException(
            "read " + range.lengthBytes() + " bytes",
            origin(url).plus(range.offset()),
            "there are " + content.length);
      }
      parts.add(Arrays.copyOfRange(content, (int) range.offset(), (int) range.end()));
    }
    return parts;
  }

  @Override
  public List<List<Integer>> requests(String url, List<ByteRange> ranges) {
    return Wrapper.of(url).isEmpty()
        ? files.requests(url, ranges)
        : List.of(IntStream.range(0, ranges.size()).boxed().toList());
  }

  @Override
  public ByteSource bytes(String url, FileVersion version) throws IOException {
    Optional<Wrapper> wrapper = Wrapper.of(url);
    return wrapper.isEmpty()
        ? files.bytes(url, version)
        : ByteSource.of(content(url, wrapper.get(), version), origin(url));
  }

  /** Offsets in the content are not those of the file. */
  private static Origin origin(String url) {
    return Origin.of(url + ", unwrapped,", 0);
  }

  private byte[] content(String url, Wrapper wrapper, FileVersion version) throws IOException {
    Key key = new Key(url, version);
    Optional<byte[]> known = known(key);
    if (known.isPresent()) {
      return known.get();
    }
    byte[] wrapped = files.read(url, version, new ByteRange(0, version.sizeBytes()));
    byte[] content = unwrapped(url, wrapper, wrapped);
    keep(key, content);
    return content;
  }

  private Optional<byte[]> known(Key key) {
    synchronized (kept) {
      return Optional.ofNullable(kept.get(key));
    }
  }

  private void keep(Key key, byte[] content) {
    synchronized (kept) {
      byte[] before = kept.put(key, content);
      keptBytes += content.length - (before == null ? 0 : before.length);
      var eldest = kept.entrySet().iterator();
      while (keptBytes > KEPT_BYTES) {
        keptBytes -= eldest.next().getValue().length;
        eldest.remove();
      }
    }
  }

  @Override
  public SortedMap<String, FileVersion> list(String prefix) throws IOException {
    return files.list(prefix);
  }

  @Override
  public void close() throws IOException {
    files.close();
  }
}
