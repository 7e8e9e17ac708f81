package dev.firn.dataset;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.io.zarr.ArrayMetadata;
import dev.firn.io.zarr.NodePath;
import dev.firn.update.TinyModel;
import java.util.List;
import org.junit.jupiter.api.Test;

class TemplateTest {
  private final Template template =
      new Template(DatasetParser.parse("tiny", TinyModel.definition()));

  private double[] values(CoordinateSpec.Values values) {
    CoordinateSpec coordinate = template.coordinate(values).orElseThrow();
    return template.values(coordinate, 2, new double[] {3600, Double.NaN}).toDoubles();
  }

  @Test
  void variablesGrowAlongTheAppendDimensionOnly() {
    ArrayMetadata wind = template.arrays(7).get(new NodePath("wind"));

    assertThat(wind.shape(), contains(7L, 4L, 5L, 8L));
    assertThat(wind.chunkShape(), contains(1, 4, 4, 6));
    assertThat(wind.attributes().get("_FillValue").asText(), equalTo("AAAAAAAA+H8="));
    assertThat(
        wind.attributes().get("coordinates").asText(),
        equalTo("expected_forecast_length ingested_forecast_length spatial_ref valid_time"));
  }

  @Test
  void coordinatesHaveTheirValues() {
    double start = 1767225600;
    assertThat(
        values(CoordinateSpec.Values.APPEND_TIMES), equalTo(new double[] {start, start + 21600}));
    assertThat(
        values(CoordinateSpec.Values.LEAD_TIMES), equalTo(new double[] {0, 10800, 21600, 32400}));
    assertThat(
        values(CoordinateSpec.Values.VALID_TIMES),
        equalTo(
            new double[] {
              start,
              start + 10800,
              start + 21600,
              start + 32400,
              start + 21600,
              start + 32400,
              start + 43200,
              start + 54000
            }));
    assertThat(
        values(CoordinateSpec.Values.EXPECTED_FORECAST_LENGTH),
        equalTo(new double[] {32400, 32400}));
    assertThat(
        values(CoordinateSpec.Values.INGESTED_FORECAST_LENGTH),
        equalTo(new double[] {3600, Double.NaN}));
    assertThat(values(CoordinateSpec.Values.GRID_MAPPING), equalTo(new double[] {0}));
  }

  @Test
  void lastValueOfAnAxisIsExact() {
    double[] longitudes = new DimensionSpec.EvenAxis("longitude", -180.0, 179.75, 1440).values();
    double[] thirds = new DimensionSpec.EvenAxis("x", 0.0, 0.9, 4).values();

    assertThat(longitudes[1], equalTo(-179.75));
    assertThat(thirds[3], equalTo(0.9));
  }

  @Test
  void fixedCoordinatesDoNotGrow() {
    List<String> names = template.fixedCoordinates().stream().map(CoordinateSpec::name).toList();

    assertThat(names, containsInAnyOrder("lead_time", "latitude", "longitude", "spatial_ref"));
  }

  @Test
  void hashTellsStructuresApart() {
    ObjectNode other = TinyModel.definition().deepCopy();
    ((ObjectNode) other.get("chunks")).put("longitude", 6);
    Template changed = new Template(DatasetParser.parse("tiny", other));

    assertThat(changed.hash(), not(equalTo(template.hash())));
    assertThat(new Template(template.spec()).hash(), equalTo(template.hash()));
  }
}
