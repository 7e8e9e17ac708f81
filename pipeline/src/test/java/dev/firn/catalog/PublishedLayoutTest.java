package dev.firn.catalog;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

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
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Datasets that stand for published archives have those archives' layout. */
class PublishedLayoutTest {
  /** Words for people, which are Firn's own. */
  private static final List<String> PROSE =
      List.of("name", "description", "attribution", "comment");

  private static Path published(String name) {
    return CatalogFolder.reference("zarr-v3/dynamical-templates/" + name + "/latest.zarr");
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

  @ParameterizedTest
  @CsvSource({
    "noaa-gfs-forecast, noaa_gfs_forecast",
    "noaa-gefs-forecast-35-day, noaa_gefs_forecast_35_day",
    "noaa-mrms-conus-analysis-hourly, noaa_mrms_conus_analysis_hourly",
    "ecmwf-aifs-single-forecast, ecmwf_aifs_single_forecast",
    "dwd-icon-eu-forecast-5-day, dwd_icon_eu_forecast_5_day",
    "nasa-imerg-analysis-late, nasa_imerg_analysis_late",
    "u-arizona-swann-analysis, contrib_uarizona_swann_analysis",
    "noaa-ndvi-cdr-analysis, contrib_noaa_ndvi_cdr_analysis",
    "nasa-smap-level3-36km-v9, contrib_nasa_smap_level3_36km_v9",
  })
  void metadataAndCoordinatesArePublishedOnes(String id, String name) throws IOException {
    Path store = published(name);
    Template template = CatalogFolder.template(id);

    JsonNode rendered = CatalogFolder.metadata(template);

    JsonNode expected = new ObjectMapper().readTree(store.resolve("zarr.json").toFile());
    assertThat(
        withoutProse(rendered).toPrettyString(), equalTo(withoutProse(expected).toPrettyString()));
    for (CoordinateSpec coordinate : template.spec().coordinates()) {
      assertSameValues(coordinate, template, store);
    }
  }

  private static void assertSameValues(CoordinateSpec coordinate, Template template, Path store)
      throws IOException {
    ArrayValues rendered = template.values(coordinate, 1, template.unknownIngestedLengths(1));
    ArrayValues expected =
        ZarrArray.open(
                new LocalObjectStore(store), ObjectPath.ROOT, new NodePath(coordinate.name()))
            .read();
    switch (coordinate.values()) {
      case LATITUDES, LONGITUDES -> assertWithinOneUlp(coordinate.name(), rendered, expected);
      default -> assertThat(coordinate.name(), rendered, equalTo(expected));
    }
  }

  /** Other programs' formulas round differently. */
  private static void assertWithinOneUlp(String name, ArrayValues found, ArrayValues expected) {
    assertThat(name, found.toString(), equalTo(expected.toString()));
    float[] values = found.toFloats();
    float[] others = expected.toFloats();
    for (int i = 0; i < values.length; i++) {
      assertThat(
          name + " at " + i,
          Math.abs(values[i] - others[i]),
          lessThanOrEqualTo(Math.ulp(others[i])));
    }
  }
}
