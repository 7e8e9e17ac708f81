package dev.firn.cli;

import java.nio.file.Path;

/** What a user gives as a store or mirror: a URL, or a path of the local file system. */
final class LocalUrl {
  private LocalUrl() {}

  /** The URL; a path becomes a {@code file:} URL. */
  static String of(String urlOrPath) {
    if (urlOrPath.matches("[a-z][a-z0-9+.-]+://.*")) {
      return urlOrPath;
    }
    String path = urlOrPath.startsWith("file:") ? urlOrPath.substring("file:".length()) : urlOrPath;
    return "file://" + Path.of(path).toAbsolutePath().normalize();
  }
}
