package dev.firn.catalog;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.firn.io.zarr.ZarrJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every built-in dataset's metadata, rendered at one position, is checked in beside its definition,
 * so that a change of it shows as a difference. {@code mvn test -Dfirn.golden=write} writes them
 * anew.
 */
class GoldenMetadataTest {
  static List<String> builtInDatasets() throws IOException {
    return CatalogFolder.ids();
  }

  @ParameterizedTest
  @MethodSource("builtInDatasets")
  void renderedMetadataIsTheOneCheckedIn(String id) throws IOException {
    Path golden = CatalogFolder.golden(id);

    byte[] rendered = ZarrJson.write(CatalogFolder.template(id).root(1).toJson());

    if ("write".equals(System.getProperty("firn.golden"))) {
      Files.write(golden, rendered);
    }
    assertThat(new String(rendered, StandardCharsets.UTF_8), equalTo(Files.readString(golden)));
  }
}
