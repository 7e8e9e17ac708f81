package dev.firn.io.source;

import dev.firn.io.bytes.ByteSource;
import dev.firn.io.object.ByteRange;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Files that others publish, by URL. Their owners create, replace and remove them at any time; they
 * are never written here. Safe for use by many threads.
 *
 * <p>"Not published" is an empty answer. Everything else that keeps a file from being read is an
 * {@link IOException} that names the URL: a login that is refused or has expired is {@link
 * java.nio.file.AccessDeniedException}.
 */
public interface SourceFiles extends AutoCloseable {

  /** The version that is published at {@code url} now; empty when there is none. */
  Optional<FileVersion> find(String url) throws IOException;

  /** The whole file, whatever version it is at; empty when there is none. */
  Optional<VersionedFile> get(String url) throws IOException;

  /**
   * Parts of a file, all of one version. Parts that overlap or lie close to each other are read in
   * one request.
   *
   * @param version as {@link #find} or {@link #get} told it
   * @param ranges within the file's size, in any order
   * @return exactly the bytes of each range, in the order of {@code ranges}
   * @throws FileChangedException when the file is not at {@code version} any more
   */
  List<byte[]> read(String url, FileVersion version, List<ByteRange> ranges) throws IOException;

  /** One part of a file, as {@link #read(String, FileVersion, List)} reads many. */
  default byte[] read(String url, FileVersion version, ByteRange range) throws IOException {
    return read(url, version, List.of(range)).get(0);
  }

  /**
   * Which ranges of a file are best read together: each list with one request, as far as the server
   * is known. Several lists can be read side by side.
   *
   * @return every range, by its number from 0, in one of the lists
   */
  default List<List<Integer>> requests(String url, List<ByteRange> ranges) {
    return CoalescedRanges.of(ranges).wantedOf(1);
  }

  /** A file to go about in, of which only what is looked at is read, in blocks. For one thread. */
  default ByteSource bytes(String url, FileVersion version) throws IOException {
    return new FileBytes(this, url, version);
  }

  /**
   * The versions of all files below {@code prefix}, which ends with a slash, by URL in ascending
   * order; of use where names cannot be predicted, and to ask after many files at once.
   *
   * @throws dev.firn.io.UnsupportedFeatureException where files cannot be listed, as over HTTP
   */
  SortedMap<String, FileVersion> list(String prefix) throws IOException;

  @Override
  void close() throws IOException;
}
