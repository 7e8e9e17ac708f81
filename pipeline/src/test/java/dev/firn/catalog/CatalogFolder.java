package dev.firn.catalog;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firn.dataset.Template;
import dev.firn.io.zarr.ZarrJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Every dataset in the source tree, listed in the catalog's index or not yet. */
final class CatalogFolder {
  private static final Path FOLDER = Path.of("src/main/resources/catalog");

  private CatalogFolder() {}

  static List<String> ids() throws IOException {
    try (Stream<Path> entries = Files.list(FOLDER)) {
      return entries
          .filter(Files::isDirectory)
          .map(folder -> folder.getFileName().toString())
          .sorted()
          .toList();
    }
  }

  /** The checked-in metadata of a dataset. */
  static Path golden(String id) {
    return FOLDER.resolve(id).resolve("zarr.json");
  }

  static Template template(String id) throws IOException {
    return new Template(Catalog.builtIn(id).spec());
  }

  /** A dataset's root metadata with one position, as a reader finds it. */
  static JsonNode metadata(Template template) throws IOException {
    return new ObjectMapper().readTree(ZarrJson.write(template.root(1).toJson()));
  }

  /** What lies at {@code path}, relative to the folder of samples. */
  static Path reference(String path) {
    String samples = System.getenv("FIRN_SAMPLES");
    Path found = Path.of(samples == null ? "absent" : samples).resolve(path).normalize();
    if (!Files.exists(found)) {
      String missing = "FIRN_SAMPLES has no " + path;
      return System.getenv("CI") == null ? abort(missing) : fail(missing);
    }
    return found;
  }
}
