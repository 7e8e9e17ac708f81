package dev.firn.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that the user has named. */
final class InputFile {
  private InputFile() {}

  /**
   * The file at {@code path}.
   *
   * @throws IOException if there is none
   */
  static Path at(Path path) throws IOException {
    if (!Files.isRegularFile(path)) {
      throw new IOException("Cannot read " + path + ": there is no such file");
    }
    return path;
  }
}
