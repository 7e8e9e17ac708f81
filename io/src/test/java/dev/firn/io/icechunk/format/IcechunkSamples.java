package dev.firn.io.icechunk.format;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Repositories that the reference implementation wrote. */
final class IcechunkSamples {
  private IcechunkSamples() {}

  /** The metadata files below {@code FIRN_SAMPLES/icechunk} whose parent folder has this name. */
  static List<Path> files(String folder) {
    try (Stream<Path> paths = Files.walk(samples())) {
      return paths
          .filter(Files::isRegularFile)
          .filter(path -> path.getParent().getFileName().toString().equals(folder))
          .sorted()
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** The repo info files, with their former versions. */
  static List<Path> repoInfos() {
    try (Stream<Path> paths = Files.walk(samples())) {
      return paths
          .filter(Files::isRegularFile)
          .filter(path -> path.getFileName().toString().matches("repo(\\..*)?"))
          .sorted()
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static Path samples() {
    Optional<Path> folder =
        Optional.ofNullable(System.getenv("FIRN_SAMPLES"))
            .or(() -> Optional.ofNullable(System.getProperty("FIRN_SAMPLES")))
            .map(root -> Path.of(root, "icechunk"))
            .filter(Files::isDirectory);
    if (folder.isEmpty() && "true".equals(System.getenv("CI"))) {
      fail("FIRN_SAMPLES has no folder icechunk");
    }
    return folder.orElseGet(() -> abort("needs FIRN_SAMPLES"));
  }
}
