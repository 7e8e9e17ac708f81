package dev.firn.catalog;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.firn.dataset.CoordinateSpec;
import dev.firn.dataset.DatasetSpec;
import dev.firn.dataset.DimensionSpec;
import dev.firn.dataset.StoredSize;
import dev.firn.dataset.Template;
import dev.firn.io.zarr.NodePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is rendered is what the facts say that were collected from the archives whose place Firn's
 * take: shapes, types, chunks, codecs, fill values, attributes, coordinate values.
 */
class CatalogFactsTest {
  private static final String FACTS = "../catalog-facts/";
  private static final String NAN = "AAAAAAAA+H8=";
  private static final List<String> TEXTS =
      List.of("long_name", "short_name", "standard_name", "units", "step_type", "axis", "calendar");

  private JsonNode facts;
  private Template template;
  private JsonNode root;

  /** The datasets in the catalog that stand for others. */
  static List<String> datasets() throws IOException {
    List<String> madeUp = List.of("example", "firn-demo");
    return CatalogFolder.ids().stream().filter(id -> !madeUp.contains(id)).toList();
  }

  private void load(String id) throws IOException {
    Path file = CatalogFolder.reference(FACTS + id + ".yaml");
    facts = new YAMLMapper().readTree(Files.readString(file));
    template = CatalogFolder.template(id);
    root = CatalogFolder.metadata(template);
  }

  private JsonNode array(String name) {
    return root.path("consolidated_metadata").path("metadata").path(name);
  }

  @Test
  void everyDatasetOfTheCatalogIsCompared() throws IOException {
    assertThat(datasets(), hasSize(16));
  }

  @ParameterizedTest
  @MethodSource("datasets")
  void datasetIsTheOneOfTheFacts(String id) throws IOException {
    load(id);

    JsonNode attributes = root.path("attributes");
    JsonNode domain = facts.path("domain");
    assertThat(attributes.path("dataset_id"), equalTo(facts.path("dataset_id")));
    assertThat(
        attributes.path("dataset_version").asText(), equalTo(facts.path("version").asText()));
    for (String name : List.of("spatial_domain", "spatial_resolution", "license")) {
      assertThat(attributes.path(name), equalTo(domain.path(name)));
    }
    Set<String> names =
        new TreeSet<>(
            List.of("dataset_id", "dataset_version", "name", "description", "attribution"));
    names.addAll(List.of("spatial_domain", "spatial_resolution", "license"));
    domain.path("attrs_present").forEach(name -> names.add(name.asText()));
    assertThat(fieldNames(attributes), equalTo(names));
    JsonNode append = facts.path("append_dim");
    DatasetSpec spec = template.spec();
    assertThat(spec.append().name(), equalTo(append.path("name").asText()));
    assertThat(spec.append().start() + "", equalTo(append.path("start").asText() + "Z"));
    assertThat(
        spec.append().every(),
        equalTo(Duration.parse("PT" + append.path("frequency").asText().replace("min", "m"))));
  }

  @ParameterizedTest
  @MethodSource("datasets")
  void variablesAreThoseOfTheFacts(String id) throws IOException {
    load(id);

    Set<String> names = new TreeSet<>();
    for (JsonNode variable : facts.path("data_vars")) {
      String name = variable.path("name").asText();
      names.add(name);
      assertVariable(name, variable);
    }
    Set<String> rendered = new TreeSet<>();
    template.spec().variables().forEach(variable -> rendered.add(variable.path().value()));
    assertThat(rendered, equalTo(names));
  }

  private void assertVariable(String name, JsonNode variable) {
    JsonNode array = array(name);
    JsonNode encoding = facts.path("encodings").path(variable.path("encoding").asText());
    assertThat(name, texts(array.path("dimension_names")), equalTo(texts(encoding.path("dims"))));
    assertThat(name, array.path("data_type"), equalTo(encoding.path("dtype")));
    assertFill(name, array, encoding.path("zarr_fill_value"));
    assertThat(name, chunkShape(array), equalTo(texts(encoding.path("shard"))));
    JsonNode sharding = array.path("codecs").path(0);
    assertThat(sharding.path("name").asText(), equalTo("sharding_indexed"));
    JsonNode inner = sharding.path("configuration");
    assertThat(name, texts(inner.path("chunk_shape")), equalTo(texts(encoding.path("chunk"))));
    assertThat(
        name, codecs(inner.path("codecs")), equalTo(sizedCodecs(encoding.path("codecs").path(2))));
    JsonNode attributes = array.path("attributes");
    assertThat(
        attributes.path("_FillValue").asText("absent"),
        equalTo(encoding.path("cf_fill_value").asText().equals("NaN") ? NAN : "absent"));
    assertThat(attributes.path("coordinates"), equalTo(encoding.path("coordinates_attr")));
    assertThat(
        name + " has a comment", attributes.has("comment"), equalTo(variable.has("comment_gist")));
    for (String flag : List.of("flag_values", "flag_meanings", "ensemble_statistic")) {
      assertThat(name + " " + flag, attributes.get(flag), equalTo(variable.get(flag)));
    }
    assertTexts(name, attributes, variable);
  }

  @ParameterizedTest
  @MethodSource("datasets")
  void sizesAreThoseOfTheFacts(String id) throws IOException {
    load(id);

    for (JsonNode variable : facts.path("data_vars")) {
      String name = variable.path("name").asText();
      JsonNode encoding = facts.path("encodings").path(variable.path("encoding").asText());
      StoredSize size =
          StoredSize.of(
              template.spec(), template.spec().variable(new NodePath(name)).orElseThrow());
      assertThat(size.chunkBytes(), equalTo(encoding.path("chunk_bytes_uncompressed").asLong()));
      assertThat(size.shardBytes(), equalTo(encoding.path("shard_bytes_uncompressed").asLong()));
      assertThat(size.chunksPerShard(), equalTo(encoding.path("chunks_per_shard").asLong()));
      assertThat(
          size.shardsPerRegion(), equalTo(encoding.path("shards_per_append_shard").asLong()));
      long step = encoding.path("append_step_bytes_uncompressed").asLong();
      assertThat(
          size.regionBytes(), equalTo(step * template.spec().chunkSizes().appendShardLength()));
    }
  }

  private static String sizedCodecs(JsonNode blosc) {
    Matcher size = Pattern.compile("typesize (\\d)").matcher(blosc.asText());
    assertThat(blosc.asText(), size.find(), equalTo(true));
    return "bytes(little)+blosc(zstd,level3,byte shuffle,typesize" + size.group(1) + ")";
  }

  @ParameterizedTest
  @MethodSource("datasets")
  void coordinatesAreThoseOfTheFacts(String id) throws IOException {
    load(id);

    Set<String> names = new TreeSet<>();
    for (JsonNode coordinate : facts.path("coords")) {
      String name = coordinate.path("name").asText();
      names.add(name);
      JsonNode array = array(name);
      assertThat(
          name, texts(array.path("dimension_names")), equalTo(texts(coordinate.path("dims"))));
      assertThat(name, array.path("data_type"), equalTo(coordinate.path("dtype")));
      assertThat(name, chunkShape(array), equalTo(texts(coordinate.path("chunk"))));
      assertFill(name, array, coordinate.path("fill_value"));
      assertThat(name, codecs(array.path("codecs")), equalTo(coordinate.path("codec").asText()));
      JsonNode attributes = array.path("attributes");
      assertThat(
          name,
          attributes.path("_FillValue").asText("absent"),
          equalTo(coordinate.path("cf_fill").asText().equals("NaN") ? NAN : "absent"));
      assertThat(name, attributes.get("dtype"), equalTo(coordinate.get("decoded_dtype")));
      assertThat(
          name,
          attributes.get("statistics_approximate"),
          equalTo(coordinate.get("statistics_approximate")));
      assertTexts(name, attributes, coordinate);
    }
    Set<String> rendered = new TreeSet<>();
    template.spec().coordinates().forEach(coordinate -> rendered.add(coordinate.name()));
    assertThat(rendered, equalTo(names));
  }

  @ParameterizedTest
  @MethodSource("datasets")
  void gridMappingIsThatOfTheFacts(String id) throws IOException {
    load(id);

    ObjectNode expected = facts.path("grid").path("crs_attrs").deepCopy();
    expected.set("spatial_ref", expected.get("crs_wkt"));
    ObjectNode rendered = array("spatial_ref").path("attributes").deepCopy();
    rendered.remove("comment");
    assertThat(rendered, equalTo(expected));
  }

  @ParameterizedTest
  @MethodSource("datasets")
  void axesAndForecastLengthsHaveTheValuesOfTheFacts(String id) throws IOException {
    load(id);

    for (DimensionSpec dimension : template.spec().dimensions()) {
      JsonNode grid = facts.path("grid").path(dimension.name());
      if (dimension instanceof DimensionSpec.EvenAxis axis) {
        assertThat(axis.values(), equalTo(formula(grid)));
      } else if (dimension instanceof DimensionSpec.Axis axis) {
        assertThat(axis.first(), equalTo(grid.path("first").asDouble()));
        assertThat(axis.last(), equalTo(grid.path("last").asDouble()));
        assertThat(axis.length(), equalTo(grid.path("count").asInt()));
      }
    }
    for (JsonNode coordinate : facts.path("coords")) {
      String values = coordinate.path("values").asText();
      switch (coordinate.path("name").asText()) {
        case "lead_time" ->
            assertThat(
                values("lead_time"), equalTo(seconds(coordinate.path("values_hours").asText())));
        case "expected_forecast_length" ->
            assertThat(
                values("expected_forecast_length"), equalTo(new double[] {3600 * first(values)}));
        case "ensemble_member" ->
            assertThat(values("ensemble_member").length, equalTo(coordinate.path("size").asInt()));
        default -> {}
      }
    }
  }

  private double[] values(String name) {
    CoordinateSpec coordinate =
        template.spec().coordinates().stream()
            .filter(one -> one.name().equals(name))
            .findFirst()
            .orElseThrow();
    return template.values(coordinate, 1, template.unknownIngestedLengths(1)).toDoubles();
  }

  private static double[] formula(JsonNode axis) {
    double first = axis.path("first").asDouble();
    double last = axis.path("last").asDouble();
    double[] values = new double[axis.path("count").asInt()];
    Arrays.setAll(values, i -> first + i * ((last - first) / (values.length - 1)));
    values[values.length - 1] = last;
    return values;
  }

  /** "0..120 step 1; 123..384 step 3". */
  private static double[] seconds(String hours) {
    List<Double> seconds = new ArrayList<>();
    for (String range : hours.split("; ")) {
      String[] parts = range.split("\\.\\.| step ");
      for (int h = Integer.parseInt(parts[0]); h <= Integer.parseInt(parts[1]); ) {
        seconds.add(3600.0 * h);
        h += Integer.parseInt(parts[2]);
      }
    }
    return seconds.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static double first(String sentence) {
    return Double.parseDouble(sentence.substring(0, sentence.indexOf(' ')));
  }

  /** Corners and a point inside, as pyproj 3.7.2 computes them. */
  @Test
  void pointsOfTheLambertGridAreWhereProjPutsThem() throws IOException {
    template = CatalogFolder.template("noaa-hrrr-analysis");
    double[] latitudes = values("latitude");
    double[] longitudes = values("longitude");

    double[][] expected = {
      {0, 0, 47.838623, -134.09547},
      {0, 1798, 47.842194, -60.917194},
      {1058, 0, 21.138123, -122.71953},
      {1058, 1798, 21.140547, -72.28972},
      {500, 900, 39.279602, -97.47119},
    };
    for (double[] point : expected) {
      int index = (int) (point[0] * 1799 + point[1]);
      assertThat(latitudes[index], closeTo(point[2], 4e-6));
      assertThat(longitudes[index], closeTo(point[3], 8e-6));
    }
    assertThat(latitudes.length, equalTo(1059 * 1799));
    assertThat(template.arrays(1).get(new NodePath("latitude")).shape().size(), equalTo(2));
  }

  private static void assertFill(String name, JsonNode array, JsonNode expected) {
    assertThat(name + " fill", array.path("fill_value").asText(), equalTo(expected.asText()));
  }

  private static void assertTexts(String name, JsonNode attributes, JsonNode expected) {
    for (String text : TEXTS) {
      JsonNode wanted = expected.get(text);
      boolean absent = wanted == null || wanted.isNull();
      assertThat(
          name + " " + text,
          attributes.path(text).asText("absent"),
          equalTo(absent ? "absent" : wanted.asText()));
    }
  }

  private static List<String> chunkShape(JsonNode array) {
    return texts(array.path("chunk_grid").path("configuration").path("chunk_shape"));
  }

  private static String codecs(JsonNode codecs) {
    List<String> texts = new ArrayList<>();
    for (JsonNode codec : codecs) {
      JsonNode is = codec.path("configuration");
      texts.add(
          switch (codec.path("name").asText()) {
            case "bytes" -> "bytes(" + is.path("endian").asText() + ")";
            case "zstd" ->
                "zstd(level%s,%s)"
                    .formatted(
                        is.path("level"),
                        is.path("checksum").asBoolean() ? "checksum" : "no checksum");
            default ->
                "%s(%s,level%s,byte %s,typesize%s)"
                    .formatted(
                        codec.path("name").asText(),
                        is.path("cname").asText(),
                        is.path("clevel"),
                        is.path("shuffle").asText(),
                        is.path("typesize"));
          });
    }
    return String.join("+", texts);
  }

  private static List<String> texts(JsonNode nodes) {
    List<String> texts = new ArrayList<>();
    nodes.forEach(node -> texts.add(node.asText()));
    return texts;
  }

  private static Set<String> fieldNames(JsonNode node) {
    Set<String> names = new TreeSet<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
