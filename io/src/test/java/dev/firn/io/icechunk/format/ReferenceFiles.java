package dev.firn.io.icechunk.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firn.io.Origin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The repository in the test resources, which the reference implementation wrote. */
final class ReferenceFiles {
  private ReferenceFiles() {}

  static Path folder() {
    try {
      return Path.of(
              ReferenceFiles.class.getResource("/dev/firn/io/icechunk/reference/repo").toURI())
          .getParent();
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  static List<Path> in(String name) {
    try (Stream<Path> files = Files.list(folder().resolve(name))) {
      return files.sorted().toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  static Origin origin(Path file) {
    return Origin.of(file.getFileName().toString());
  }

  /** What the reference implementation says that the files hold. */
  static JsonNode expected() {
    try {
      return new ObjectMapper().readTree(folder().resolve("expected.json").toFile());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
