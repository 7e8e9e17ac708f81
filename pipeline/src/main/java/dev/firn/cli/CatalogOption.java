package dev.firn.cli;

import dev.firn.catalog.Catalog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** {@code --catalog}. */
final class CatalogOption {
  @Option(
      names = "--catalog",
      paramLabel = "DIR",
      description = "A directory with more datasets, one YAML file each.")
  private Path directory;

  Catalog load() throws IOException {
    return Catalog.load(Optional.ofNullable(directory));
  }
}
