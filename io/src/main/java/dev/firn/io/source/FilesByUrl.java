package dev.firn.io.source;

import dev.firn.io.object.ByteRange;
import dev.firn.io.object.ObjectStores;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Source files wherever they are: at {@code http:}, {@code https:}, {@code s3:}, {@code file:}. */
public final class FilesByUrl implements SourceFiles {
  private static final Pattern URL = Pattern.compile("([a-z][a-z0-9+.-]*)://([^/]*)/.+");

  private final Transfers transfers;
  private final SourceFiles http;
  private final Map<String, SourceFiles> stores = new ConcurrentHashMap<>();

  /** Files of hosts that get the usual patience. */
  public FilesByUrl(HostLimits limits, Logins logins, Transfers transfers) {
    this(limits, logins, HttpSettings.PATIENCE, transfers);
  }

  /**
   * Files of hosts.
   *
   * @param limits how much they are asked for
   * @param logins who asks
   * @param patience how long a host may say nothing
   * @param transfers counts what is fetched
   */
  public FilesByUrl(HostLimits limits, Logins logins, Duration patience, Transfers transfers) {
    this.transfers = transfers;
    this.http =
        new HttpFiles(
            new HttpSettings(limits, logins, patience, HttpSettings.MOST_ATTEMPTS), transfers);
  }

  private SourceFiles files(String url) {
    Matcher parts = URL.matcher(url);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "Invalid source URL '" + url + "': expected scheme://host/path");
    }
    if (parts.group(1).equals("http") || parts.group(1).equals("https")) {
      return http;
    }
    return stores.computeIfAbsent(
        parts.group(1) + "://" + parts.group(2),
        root ->
            new StoredFiles(
                ObjectStores.open(root.equals("file://") ? "file:///" : root), root, transfers));
  }

  @Override
  public Optional<FileVersion> find(String url) throws IOException {
    return files(url).find(url);
  }

  @Override
  public Optional<VersionedFile> get(String url) throws IOException {
    return files(url).get(url);
  }

  @Override
  public List<byte[]> read(String url, FileVersion version, List<ByteRange> ranges)
      throws IOException {
    return files(url).read(url, version, ranges);
  }

  @Override
  public List<List<Integer>> requests(String url, List<ByteRange> ranges) {
    return files(url).requests(url, ranges);
  }

  @Override
  public SortedMap<String, FileVersion> list(String prefix) throws IOException {
    return files(prefix).list(prefix);
  }

  @Override
  public void close() throws IOException {
    http.close();
    for (SourceFiles store : stores.values()) {
      store.close();
    }
  }
}
