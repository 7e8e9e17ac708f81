package dev.firn.io.icechunk.format;

import dev.firn.io.Origin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/** Replaces all metadata files of a local repository of version 2 by what Firn writes of them. */
final class RepositoryRewriter {
  private static final Map<String, FileType> FOLDERS =
      Map.of(
          "snapshots", FileType.SNAPSHOT,
          "manifests", FileType.MANIFEST,
          "transactions", FileType.TRANSACTION_LOG,
          "overwritten", FileType.REPO_INFO);

  private RepositoryRewriter() {}

  /** The repository's folder is the only argument. */
  public static void main(String[] arguments) throws IOException {
    Path repository = Path.of(arguments[0]);
    rewrite(FileType.REPO_INFO, repository.resolve("repo"));
    for (Map.Entry<String, FileType> folder : FOLDERS.entrySet()) {
      try (Stream<Path> files = Files.list(repository.resolve(folder.getKey()))) {
        for (Path file : files.toList()) {
          rewrite(folder.getValue(), file);
        }
      }
    }
  }

  private static void rewrite(FileType type, Path file) throws IOException {
    byte[] written = FileRewriter.rewrite(type, Files.readAllBytes(file), Origin.of("" + file));
    Files.write(file, written);
  }
}
