package dev.firn.catalog;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.dataset.CoordinateSpec;
import dev.firn.dataset.Template;
import dev.firn.io.object.LocalObjectStore;
import dev.firn.io.object.ObjectPath;
import dev.firn.io.zarr.ArrayValues;
import dev.firn.io.zarr.NodePath;
import dev.firn.io.zarr.ZarrArray;
import dev.firn.io.zarr.ZarrJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Datasets that stand for published archives have those archives' layout. */
class PublishedLayoutTest {
  /** Words for people, which are Firn's own. */
  private static final List<String> PROSE =
      List.of("name", "description", "attribution", "comment");

  private static Path published(String name) {
    String samples = System.getenv("FIRN_SAMPLES");
    Path store =
        Path.of(
            samples == null ? "absent" : samples,
            "zarr-v3/dynamical-templates",
            name,
            "latest.zarr");
    if (!Files.isDirectory(store)) {
      String missing = "FIRN_SAMPLES has no " + store;
      return System.getenv("CI") == null ? abort(missing) : fail(missing);
    }
    return store;
  }

  private static JsonNode withoutProse(JsonNode node) {
    for (JsonNode child : node) {
      withoutProse(child);
    }
    if (node.get("attributes") instanceof ObjectNode attributes) {
      attributes.remove(PROSE);
    }
    return node;
  }

  @Test
  void gfsForecastHasThePublishedMetadata() throws IOException {
    Path store = published("noaa_gfs_forecast");
    Template template =
        new Template(Catalog.load(Optional.empty()).entry("noaa-gfs-forecast").spec());
    ObjectMapper json = new ObjectMapper();

    JsonNode rendered = json.readTree(ZarrJson.write(template.root(1).toJson()));

    JsonNode expected = json.readTree(store.resolve("zarr.json").toFile());
    assertThat(
        withoutProse(rendered).toPrettyString(), equalTo(withoutProse(expected).toPrettyString()));
  }

  @Test
  void gfsForecastHasThePublishedCoordinates() throws IOException {
    Path store = published("noaa_gfs_forecast");
    Template template =
        new Template(Catalog.load(Optional.empty()).entry("noaa-gfs-forecast").spec());

    for (CoordinateSpec coordinate : template.spec().coordinates()) {
      ArrayValues rendered = template.values(coordinate, 1, new double[] {Double.NaN});
      ZarrArray expected =
          ZarrArray.open(
              new LocalObjectStore(store), ObjectPath.ROOT, new NodePath(coordinate.name()));
      assertThat(coordinate.name(), rendered, equalTo(expected.read()));
    }
  }
}
