package dev.firn.io.zarr;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.io.CorruptInputException;
import dev.firn.io.Origin;
import dev.firn.io.UnsupportedFeatureException;
import dev.firn.io.zarr.CodecSpec.BloscCodec;
import dev.firn.io.zarr.CodecSpec.BytesCodec;
import dev.firn.io.zarr.CodecSpec.Crc32cCodec;
import dev.firn.io.zarr.CodecSpec.ShardingCodec;
import dev.firn.io.zarr.CodecSpec.TransposeCodec;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ArrayMetadataTest {
  private static final Origin ORIGIN = Origin.of("a/zarr.json");
  private static final String MINIMAL =
      """
      {"zarr_format": 3, "node_type": "array", "shape": [5], "data_type": "float32",
       "chunk_grid": {"name": "regular", "configuration": {"chunk_shape": [2]}},
       "chunk_key_encoding": "default", "fill_value": 0,
       "codecs": [{"name": "bytes", "configuration": {"endian": "little"}}]}
      """;

  private static ArrayMetadata parse(String document) {
    return ArrayMetadata.parse(document.getBytes(StandardCharsets.UTF_8), ORIGIN);
  }

  private static String corrupt(String found, String replacement) {
    String document = MINIMAL.replace(found, replacement);
    assertThat(document.equals(MINIMAL), equalTo(false));
    return assertThrows(CorruptInputException.class, () -> parse(document)).getMessage();
  }

  private static String unsupported(String found, String replacement) {
    String document = MINIMAL.replace(found, replacement);
    assertThat(document.equals(MINIMAL), equalTo(false));
    return assertThrows(UnsupportedFeatureException.class, () -> parse(document)).getMessage();
  }

  @Test
  void absentFieldsHaveTheDefaultsOfTheSpecification() {
    ArrayMetadata array = parse(MINIMAL);

    assertThat(
        array, equalTo(ArrayMetadata.builder(DataType.FLOAT32).shape(5).chunkShape(2).build()));
    assertThat(array.dimensionNames(), equalTo(Optional.empty()));
  }

  @Test
  void aBuiltArrayIsReadBackEqual() {
    ObjectNode attributes = JsonNodeFactory.instance.objectNode().put("b", 1.5).put("a", "°");
    ArrayMetadata array =
        ArrayMetadata.builder(DataType.INT16)
            .shape(10, 0)
            .chunkShape(4, 6)
            .fillValue(FillValue.of(DataType.INT16, -1))
            .codecs(
                ShardingCodec.of(
                    List.of(2, 3),
                    List.of(
                        new TransposeCodec(List.of(1, 0)),
                        BytesCodec.LITTLE_ENDIAN,
                        BloscCodec.zstd(DataType.INT16),
                        new Crc32cCodec())))
            .attributes(attributes)
            .dimensionNames(List.of(Optional.of("y"), Optional.empty()))
            .chunkKeyEncoding(new ChunkKeyEncoding(ChunkKeyEncoding.Scheme.V2, '.'))
            .build();

    ArrayMetadata read = ArrayMetadata.parse(array.toBytes(), ORIGIN);

    assertThat(read, equalTo(array));
    assertThat(read.toBytes(), equalTo(array.toBytes()));
  }

  @Test
  void anotherShapeLeavesTheRestAlone() {
    ArrayMetadata array = parse(MINIMAL);

    assertThat(array.withShape(7).shape(), equalTo(List.of(7L)));
    assertThat(array.withShape(7).withShape(5), equalTo(array));
  }

  @Test
  void attributesCannotBeChangedFromOutside() {
    ObjectNode attributes = JsonNodeFactory.instance.objectNode();
    ArrayMetadata array = ArrayMetadata.builder(DataType.BOOL).attributes(attributes).build();

    attributes.put("late", 1);
    array.attributes().put("later", 1);

    assertThat(array.attributes().size(), equalTo(0));
  }

  @Test
  void errorsNameKeyFieldAndValue() {
    assertThat(
        corrupt("\"shape\": [5]", "\"shape\": 5"),
        equalTo("Cannot read metadata in a/zarr.json: 'shape' is 5, expected a list"));
    assertThat(
        corrupt("\"shape\": [5]", "\"shape\": [-5]"),
        equalTo(
            "Cannot read metadata in a/zarr.json: Invalid shape [-5]: expected no negative length"));
    assertThat(
        corrupt("[2]", "[0]"),
        equalTo(
            "Cannot read metadata in a/zarr.json: Invalid chunk shape [0]: expected positive"
                + " lengths for 1 dimensions"));
    assertThat(
        corrupt("[2]", "[2.5]"),
        equalTo(
            "Cannot read metadata in a/zarr.json: 'chunk_grid.configuration.chunk_shape' is 2.5,"
                + " expected a list of integers below 2147483648"));
    assertThat(
        corrupt("\"fill_value\": 0,", ""),
        equalTo("Cannot read metadata in a/zarr.json: 'fill_value' is missing"));
    assertThat(
        corrupt("\"zarr_format\": 3", "\"zarr_format\": 2"),
        equalTo("Cannot read metadata in a/zarr.json: 'zarr_format' is 2, expected 3"));
    assertThat(
        corrupt("\"little\"", "\"middle\""),
        equalTo(
            "Cannot read metadata in a/zarr.json: 'codecs.configuration.endian' is \"middle\","
                + " expected one of [little, big]"));
    assertThat(
        corrupt("[{\"name\": \"bytes\"", "[\"crc32c\", {\"name\": \"bytes\""),
        equalTo(
            "Cannot read metadata in a/zarr.json: Invalid codecs [crc32c, bytes]: expected array"
                + " to array ones, one from array to bytes, bytes to bytes ones"));
  }

  @Test
  void whatIsNotKnownIsRefusedByName() {
    assertThat(
        unsupported("\"name\": \"bytes\"", "\"name\": \"numcodecs.zfpy\""),
        equalTo("Unsupported codec 'numcodecs.zfpy' in a/zarr.json"));
    assertThat(
        unsupported("\"float32\"", "\"string\""),
        equalTo("Unsupported data type 'string' in a/zarr.json"));
    assertThat(
        unsupported("\"float32\"", "{\"name\": \"numpy.datetime64\", \"configuration\": {}}"),
        equalTo("Unsupported data type 'numpy.datetime64' in a/zarr.json"));
    assertThat(
        unsupported("\"regular\"", "\"rectilinear\""),
        equalTo("Unsupported chunk grid 'rectilinear' in a/zarr.json"));
    assertThat(
        unsupported("\"chunk_key_encoding\": \"default\"", "\"chunk_key_encoding\": \"fanout\""),
        equalTo("Unsupported chunk key encoding 'fanout' in a/zarr.json"));
    assertThat(
        unsupported("{\"zarr_format\"", "{\"storage_transformers\": [\"x\"], \"zarr_format\""),
        equalTo("Unsupported storage transformers [\"x\"] in a/zarr.json"));
    assertThat(
        unsupported("{\"zarr_format\"", "{\"new\": {}, \"zarr_format\""),
        equalTo("Unsupported metadata field 'new' in a/zarr.json"));
  }

  @Test
  void fieldsThatNeedNotBeUnderstoodAreIgnored() {
    String document =
        MINIMAL.replace(
            "{\"zarr_format\"", "{\"new\": {\"must_understand\": false}, \"zarr_format\"");

    assertThat(parse(document), equalTo(parse(MINIMAL)));
  }

  @Test
  void metadataOfGroupsAreRefused() {
    JsonNode group = GroupMetadata.of(JsonNodeFactory.instance.objectNode()).toJson();

    CorruptInputException refused =
        assertThrows(CorruptInputException.class, () -> ArrayMetadata.parse(group, ORIGIN));

    assertThat(
        refused.getMessage(),
        equalTo("Cannot read array metadata in a/zarr.json: it is a group, expected an array"));
  }
}
