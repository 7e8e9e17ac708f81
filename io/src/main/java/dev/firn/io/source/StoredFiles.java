package dev.firn.io.source;

import dev.firn.io.object.ByteRange;
import dev.firn.io.object.ObjectPath;
import dev.firn.io.object.ObjectStat;
import dev.firn.io.object.ObjectStore;
import dev.firn.io.object.StoredObject;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Files that are objects of a store. */
final class StoredFiles implements SourceFiles {
  private final ObjectStore store;
  private final String root;
  private final Transfers transfers;

  /** The files below {@code root}, a URL without a trailing slash, which is that of the store. */
  StoredFiles(ObjectStore store, String root, Transfers transfers) {
    this.store = store;
    this.root = root;
    this.transfers = transfers;
  }

  private ObjectPath path(String url) {
    if (!url.startsWith(root + "/")) {
      throw new IllegalArgumentException("Invalid URL " + url + ": it is not below " + root);
    }
    return new ObjectPath(url.substring(root.length() + 1));
  }

  @Override
  public Optional<FileVersion> find(String url) throws IOException {
    transfers.requested();
    return unlessDenied(() -> store.stat(path(url))).map(StoredFiles::version);
  }

  @Override
  public Optional<VersionedFile> get(String url) throws IOException {
    transfers.requested();
    Optional<StoredObject> object = unlessDenied(() -> store.get(path(url)));
    object.ifPresent(found -> transfers.fetched(found.bytes().length));
    return object.map(found -> new VersionedFile(version(found.stat()), found.bytes()));
  }

  private interface Request<T> {
    Optional<T> answer() throws IOException;
  }

  /** Public stores that may not be listed deny access to files that are not there. */
  private <T> Optional<T> unlessDenied(Request<T> request) throws IOException {
    try {
      return request.answer();
    } catch (AccessDeniedException denied) {
      if (store.isAnonymous()) {
        return Optional.empty();
      }
      throw denied;
    }
  }

  private static FileVersion version(ObjectStat stat) {
    return new FileVersion(
        stat.sizeBytes(), Optional.of(stat.etag()), Optional.of(stat.lastModified()));
  }

  @Override
  public List<byte[]> read(String url, FileVersion version, List<ByteRange> ranges)
      throws IOException {
    CoalescedRanges coalesced = CoalescedRanges.of(ranges);
    List<byte[]> reads = new ArrayList<>();
    for (ByteRange range : coalesced.reads()) {
      reads.add(readOne(url, version, range));
    }
    transfers.wasted(coalesced.betweenBytes());
    return coalesced.split(reads);
  }

  private byte[] readOne(String url, FileVersion version, ByteRange range) throws IOException {
    transfers.requested();
    Optional<byte[]> bytes =
        unlessDenied(() -> store.getRange(path(url), range, version.etag().orElseThrow()))
            .filter(read -> read.length == range.lengthBytes());
    if (bytes.isEmpty()) {
      FileVersion found = find(url).orElseThrow(() -> new FileChangedException(url, "it is gone"));
      throw new FileChangedException(url, "expected " + version + ", found " + found);
    }
    transfers.fetched(bytes.get().length);
    return bytes.get();
  }

  @Override
  public SortedMap<String, FileVersion> list(String prefix) throws IOException {
    transfers.requested();
    String directory = prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix;
    SortedMap<String, FileVersion> found = new TreeMap<>();
    for (ObjectStat stat : store.list(path(directory))) {
      found.put(root + "/" + stat.path(), version(stat));
    }
    return found;
  }

  @Override
  public void close() throws IOException {
    store.close();
  }
}
