package dev.firn.update;

import dev.firn.dataset.ConfigurationException;
import dev.firn.io.object.ByteRange;
import dev.firn.io.source.FileVersion;
import dev.firn.io.source.SourceFiles;
import dev.firn.io.source.VersionedFile;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Files each of which, below a mirrored prefix, is read from its mirror instead. */
final class MirroredFiles implements SourceFiles {
  private static final Pattern URL = Pattern.compile("[a-z][a-z0-9+.-]*://[^/]*/.+");

  private final Map<String, String> mirrors;
  private final SourceFiles files;

  /**
   * Files with mirrors.
   *
   * @param mirrors from a prefix of URLs to the URL that is read instead
   */
  MirroredFiles(Map<String, String> mirrors, SourceFiles files) {
    this.mirrors = new LinkedHashMap<>(mirrors);
    this.files = files;
  }

  private String mirrored(String url) {
    String mirrored =
        mirrors.entrySet().stream()
            .filter(mirror -> isBelow(url, mirror.getKey()))
            .findFirst()
            .map(mirror -> join(mirror.getValue(), url.substring(mirror.getKey().length())))
            .orElse(url);
    if (!URL.matcher(mirrored).matches()) {
      throw new ConfigurationException(
          "Invalid source URL '" + mirrored + "': expected scheme://host/path");
    }
    return mirrored;
  }

  private static boolean isBelow(String url, String prefix) {
    return url.equals(prefix) || url.startsWith(prefix.endsWith("/") ? prefix : prefix + "/");
  }

  private static String join(String target, String rest) {
    return (target.endsWith("/") ? target.substring(0, target.length() - 1) : target)
        + (rest.startsWith("/") ? rest : "/" + rest);
  }

  @Override
  public Optional<FileVersion> find(String url) throws IOException {
    return files.find(mirrored(url));
  }

  @Override
  public Optional<VersionedFile> get(String url) throws IOException {
    return files.get(mirrored(url));
  }

  @Override
  public List<byte[]> read(String url, FileVersion version, List<ByteRange> ranges)
      throws IOException {
    return files.read(mirrored(url), version, ranges);
  }

  @Override
  public List<List<Integer>> requests(String url, List<ByteRange> ranges) {
    return files.requests(mirrored(url), ranges);
  }

  @Override
  public SortedMap<String, FileVersion> list(String prefix) throws IOException {
    String mirrored = mirrored(prefix);
    SortedMap<String, FileVersion> found = new TreeMap<>();
    files
        .list(mirrored)
        .forEach((url, version) -> found.put(prefix + url.substring(mirrored.length()), version));
    return found;
  }

  @Override
  public void close() throws IOException {
    files.close();
  }
}
