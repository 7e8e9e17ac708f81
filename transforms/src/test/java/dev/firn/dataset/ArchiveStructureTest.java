package dev.firn.dataset;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.io.zarr.ArrayMetadata;
import dev.firn.io.zarr.CodecSpec;
import dev.firn.io.zarr.DataType;
import dev.firn.io.zarr.FillValue;
import dev.firn.io.zarr.NodePath;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Archives of other shapes than a forecast of one run on latitudes and longitudes. */
class ArchiveStructureTest {
  private static final String ENSEMBLE =
      """
      {id: 'ensemble', version: '1', attributes: {},
       append: {dimension: 'init_time', start: '2026-01-01T00:00:00Z', every: '6h', coordinate_chunk: 10},
       dimensions: {
         lead_time: {hours: [{from: 0, to: 9, every: 3}], last_by_init_hour: {'6': 3}},
         ensemble_member: {members: 3},
         latitude: {edge: 90.0, step: -0.05, count: 2}, longitude: {first: 0.0, last: 1.0, count: 2}},
       crs: 'wgs-84',
       coordinates: {
         ingested_forecast_length: {per_member: true},
         ensemble_member: {blosc_typesize: 4},
         valid_time: {attributes: {standard_name: 'times'}}},
       chunks: {init_time: 1, lead_time: 4, ensemble_member: 3, latitude: 2, longitude: 2},
       shards: {init_time: 1, lead_time: 4, ensemble_member: 3, latitude: 2, longitude: 2},
       variables: {a: {attributes: {}}}}
      """;

  private static final String MAP =
      """
      {id: 'map', version: '1', attributes: {},
       append: {dimension: 'time', start: '2026-01-01T00:00:00Z', every: '30m', coordinate_chunk: 10},
       dimensions: {y: {first: 7296523.89, last: 0.0, count: 2}, x: {first: 0.0, last: 17349513.97, count: 2}},
       crs: 'ease-grid-2-global',
       schedule: {cron: '5 * * * *', deadline: '10m'},
       chunks: {time: 4, y: 2, x: 1}, shards: {time: 8, y: 2, x: 2},
       variables: {
         snow: {attributes: {}, fill_value: 0.0},
         flags: {attributes: {units: '1'}, dtype: 'int16', fill_value: -32767}}}
      """;

  private static Template template(String definition) {
    try {
      return new Template(
          DatasetParser.parse(
              "made.yaml",
              JsonMapper.builder()
                  .enable(
                      JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES,
                      JsonReadFeature.ALLOW_SINGLE_QUOTES)
                  .build()
                  .readTree(definition)));
    } catch (JsonProcessingException malformed) {
      throw new IllegalArgumentException(malformed);
    }
  }

  private static String refusal(String definition, String text, String other) {
    assertThat(definition, containsString(text));
    return assertThrows(
            ConfigurationException.class, () -> template(definition.replace(text, other)))
        .getMessage();
  }

  private static List<String> names(Template template) {
    return template.spec().coordinates().stream().map(CoordinateSpec::name).toList();
  }

  private static double[] values(Template template, String name, long extent) {
    CoordinateSpec coordinate =
        template.spec().coordinates().stream()
            .filter(one -> one.name().equals(name))
            .findFirst()
            .orElseThrow();
    return template.values(coordinate, extent, template.unknownIngestedLengths(extent)).toDoubles();
  }

  private static ArrayMetadata array(Template template, String name) {
    return template.arrays(2).get(new NodePath(name));
  }

  @Test
  void dimensionsOfAnEnsembleKeepTheirOrder() {
    Template ensemble = template(ENSEMBLE);

    assertThat(array(ensemble, "a").shape(), contains(2L, 4L, 3L, 2L, 2L));
    assertThat(ensemble.spec().members().orElseThrow().length(), equalTo(3));
    assertThat(
        ensemble.spec().innerDimensions().stream().map(DimensionSpec::name).toList(),
        contains("lead_time", "ensemble_member"));
    assertThat(
        names(ensemble),
        containsInAnyOrder(
            "init_time",
            "lead_time",
            "ensemble_member",
            "latitude",
            "longitude",
            "spatial_ref",
            "valid_time",
            "ingested_forecast_length",
            "expected_forecast_length"));
  }

  @Test
  void membersAreNumberedFromZero() {
    Template ensemble = template(ENSEMBLE);
    ArrayMetadata members = array(ensemble, "ensemble_member");

    assertThat(values(ensemble, "ensemble_member", 2), equalTo(new double[] {0, 1, 2}));
    assertThat(members.dataType(), equalTo(DataType.INT16));
    assertThat(members.fillValue(), equalTo(FillValue.of(DataType.INT16, -1)));
    assertThat(((CodecSpec.BloscCodec) members.codecs().get(1)).typesize(), equalTo(4));
  }

  @Test
  void ingestedLengthsMayBeThoseOfEveryMember() {
    Template ensemble = template(ENSEMBLE);

    assertThat(ensemble.unknownIngestedLengths(2).length, equalTo(6));
    assertThat(array(ensemble, "ingested_forecast_length").shape(), contains(2L, 3L));
    assertThat(values(ensemble, "ingested_forecast_length", 2).length, equalTo(6));
  }

  @Test
  void forecastsOfSomeHoursAreExpectedToEndEarlier() {
    Template ensemble = template(ENSEMBLE);

    assertThat(
        values(ensemble, "expected_forecast_length", 3),
        equalTo(new double[] {9 * 3600, 3 * 3600, 9 * 3600}));
    assertThat(
        ensemble.spec().leadTimes().lastOf(Instant.parse("2026-02-01T06:00:00Z")),
        equalTo(Duration.ofHours(3)));
  }

  @Test
  void attributesOfTheDefinitionAreSetOnTopOfTheUsualOnes() {
    ObjectNode attributes = array(template(ENSEMBLE), "valid_time").attributes();

    assertThat(attributes.path("long_name").asText(), equalTo("Valid time"));
    assertThat(attributes.path("standard_name").asText(), equalTo("times"));
    assertThat(
        attributes.path("statistics_approximate").path("max").asText(),
        equalTo("Present + 9 hours"));
  }

  @Test
  void centresOfCellsAreRoundedToSinglePrecision() {
    double[] latitudes = values(template(ENSEMBLE), "latitude", 1);

    assertThat(latitudes, equalTo(new double[] {89.9749984741211, 89.92500305175781}));
  }

  @Test
  void archiveWithoutLeadTimesHasTimesAlone() {
    Template map = template(MAP);

    assertThat(map.spec().optionalLeadTimes(), equalTo(Optional.empty()));
    assertThat(map.spec().members(), equalTo(Optional.empty()));
    assertThat(map.spec().innerDimensions().size(), equalTo(0));
    assertThat(
        names(map), containsInAnyOrder("time", "y", "x", "latitude", "longitude", "spatial_ref"));
    assertThat(array(map, "time").attributes().path("axis").asText(), equalTo("T"));
    assertThat(
        map.spec().schedule(),
        equalTo(Optional.of(new Schedule("5 * * * *", Duration.ofMinutes(10)))));
    assertThrows(ConfigurationException.class, () -> map.spec().leadTimes());
  }

  /** Expected places are those of pyproj 3.7. */
  @Test
  void pointsOfAMapHaveLatitudesAndLongitudes() {
    Template map = template(MAP);

    double[] latitudes = values(map, "latitude", 1);
    double[] longitudes = values(map, "longitude", 1);

    assertThat(latitudes[0], closeTo(83.63192, 5e-6));
    assertThat(latitudes[2], equalTo(0.0));
    assertThat(longitudes[1], closeTo(179.81327, 2e-5));
    assertThat(array(map, "latitude").dataType(), equalTo(DataType.FLOAT32));
    assertThat(array(map, "latitude").dimensionNames().toString(), containsString("y"));
  }

  @Test
  void storedTypeIsThatOfTheDefinition() {
    Template map = template(MAP);
    ArrayMetadata flags = array(map, "flags");
    ArrayMetadata snow = array(map, "snow");

    assertThat(flags.dataType(), equalTo(DataType.INT16));
    assertThat(flags.fillValue(), equalTo(FillValue.of(DataType.INT16, -32767)));
    assertThat(flags.attributes().has("_FillValue"), equalTo(false));
    assertThat(snow.fillValue(), equalTo(FillValue.zero(DataType.FLOAT32)));
    assertThat(snow.attributes().path("_FillValue").asText(), equalTo("AAAAAAAA+H8="));
  }

  @Test
  void piecesOfAVariableHaveTheirSizes() {
    DatasetSpec map = template(MAP).spec();

    assertThat(
        StoredSize.of(map, map.variables().get(0)), equalTo(new StoredSize(32, 4, 128, 1, 128)));
    assertThat(
        StoredSize.of(map, map.variables().get(1)), equalTo(new StoredSize(16, 4, 64, 1, 64)));
    assertThat(StoredSize.shapeText(map, map.chunkSizes().chunk()), equalTo("time 4 × y 2 × x 1"));
  }

  @Test
  void datasetWithoutSourcesSaysSoWhenTheyAreWanted() {
    DatasetSpec map = template(MAP).spec();

    assertThat(
        assertThrows(ConfigurationException.class, map::source).getMessage(),
        equalTo("Cannot read the sources of dataset map: its definition names none"));
    assertThat(map.variables().get(0).sources(), empty());
  }

  @Test
  void structureThatCannotBeIsRefused() {
    assertThat(
        refusal(MAP, "'ease-grid-2-global'", "'flat'"),
        containsString("'crs' is \"flat\", expected a mapping or one of [sphere-6371229"));
    assertThat(
        refusal(MAP, "'ease-grid-2-global'", "{grid_mapping_name: 'globe'}"),
        containsString("Invalid dataset made.yaml: grid_mapping_name is 'globe', expected"));
    assertThat(
        refusal(MAP, "'ease-grid-2-global'", "{grid_mapping_name: 'lambert_conformal_conic'}"),
        containsString("is missing"));
    assertThat(
        refusal(ENSEMBLE, "blosc_typesize: 4", "blosc_typesize: 0"),
        containsString("'blosc_typesize' is 0, expected 1 to 255"));
    assertThat(
        refusal(
            ENSEMBLE,
            "ensemble_member: {members: 3}",
            "ensemble_member: {first: 0, last: 2, count: 3}"),
        containsString("'per_member' is true, expected members among the dimensions"));
    assertThat(
        refusal(MAP, "'int16'", "'int32'"), containsString("data type is int32, expected float32"));
    assertThat(refusal(MAP, "'5 * * * *'", "'hourly'"), containsString("expected five fields"));
    assertThat(refusal(ENSEMBLE, "members: 3", "members: 0"), containsString("expected 1 or more"));
    assertThat(refusal(ENSEMBLE, "{'6': 3}", "{'6': 4}"), containsString("forecasts cannot end"));
    assertThat(refusal(ENSEMBLE, "{'6': 3}", "{'24': 3}"), containsString("unknown key '24'"));
    assertThat(
        refusal(ENSEMBLE, "valid_time: {", "other: {"), containsString("'values' is missing"));
  }
}
