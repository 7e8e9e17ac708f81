package dev.firn.demo;

import dev.firn.dataset.ConfigurationException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The directory the demo works in. A marker file says that the demo made it; without one, only an
 * empty or absent directory is accepted. Starting over deletes the files whose names only the demo
 * gives, and nothing else.
 */
public final class DemoDirectory {
  private static final String MARKER = ".firn-demo";
  private static final String EXPLANATION =
      "Made by 'firn demo', which replaces the files it wrote here when it runs again.\n";
  private static final String BUCKET = "bucket";
  private static final String ARCHIVE = "archive";
  private static final String FLINK = "flink";
  private static final String MAP = "map.png";
  private static final Pattern OWN_FILE =
      Pattern.compile(
          BUCKET
              + "/demo\\.[0-9]{8}/[0-9]{2}/atmos/demo\\.t[0-9]{2}z\\.global\\.1p50\\.f[0-9]{3}(\\.idx)?"
              + "|"
              + ARCHIVE
              + "/firn-demo/v[0-9.]+\\.zarr/(.+/)?(zarr\\.json|c(/[0-9]+)*|\\.firn-[^/]+)|"
              + ARCHIVE
              + "/firn-demo/v[0-9.]+\\.icechunk/(repo|(snapshots|manifests|transactions|chunks)/[0-9A-Z]{20}"
              + "|overwritten/repo\\.[0-9]{14}\\.[0-9A-Z]{20}|([a-z]+/)?\\.firn-[^/]+)|"
              + ARCHIVE
              + "/firn-demo/_internal/v[0-9.]+\\.(zarr|icechunk)/(.+/)?([^/]+\\.json|\\.firn-[^/]+)|"
              + FLINK
              + "/(config\\.yaml|[^/]+\\.log|tmp/.+)|"
              + MAP.replace(".", "\\."));

  private final Path root;

  private DemoDirectory(Path root) {
    this.root = root;
  }

  /**
   * Prepares {@code root}: makes it, or removes what an earlier demo left in it.
   *
   * @throws ConfigurationException when something is there that the demo did not make
   */
  public static DemoDirectory prepare(Path root) throws IOException {
    Path marker = root.resolve(MARKER);
    if (Files.exists(root) && !Files.isDirectory(root)) {
      throw new ConfigurationException("Cannot use " + root + " for the demo: it is a file");
    }
    if (Files.isRegularFile(marker)) {
      clear(root.toRealPath());
    } else if (Files.exists(root) && !isEmpty(root)) {
      throw new ConfigurationException(
          "Cannot use "
              + root
              + " for the demo: it has files that the demo did not write; name another directory"
              + " with --dir");
    }
    Files.createDirectories(root);
    Files.writeString(marker, EXPLANATION);
    return new DemoDirectory(root);
  }

  private static boolean isEmpty(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.findAny().isEmpty();
    }
  }

  private static void clear(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(file -> isOwn(root, file)).toList()) {
        Files.delete(file);
      }
    } catch (UncheckedIOException failed) {
      throw new IOException("Cannot clear " + root + ": " + failed.getMessage(), failed);
    }
  }

  private static boolean isOwn(Path root, Path file) {
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
        && OWN_FILE.matcher(root.relativize(file).toString().replace('\\', '/')).matches();
  }

  /** Where the model publishes. */
  public Path bucket() {
    return root.resolve(BUCKET);
  }

  /** The base of the stores that are made from it. */
  public Path archive() {
    return root.resolve(ARCHIVE);
  }

  /** Where a Flink cluster keeps its configuration and logs. */
  public Path flink() {
    return root.resolve(FLINK);
  }

  /** The map that is drawn at the end. */
  public Path map() {
    return root.resolve(MAP);
  }
}
