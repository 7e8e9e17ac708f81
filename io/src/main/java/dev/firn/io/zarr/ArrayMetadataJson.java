package dev.firn.io.zarr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.io.CorruptInputException;
import dev.firn.io.Origin;
import dev.firn.io.UnsupportedFeatureException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Array metadata documents: fields in the order in which zarr-python writes them. */
final class ArrayMetadataJson {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final Set<String> FIELDS =
      Set.of(
          "shape",
          "data_type",
          "chunk_grid",
          "chunk_key_encoding",
          "fill_value",
          "codecs",
          "attributes",
          "dimension_names",
          "zarr_format",
          "node_type",
          "storage_transformers");

  private ArrayMetadataJson() {}

  static ArrayMetadata parse(JsonFields fields) {
    Origin origin = fields.origin();
    fields.allowOnly(FIELDS);
    refuseStorageTransformers(fields);
    DataType dataType = dataType(fields.required("data_type"), origin);
    try {
      return new ArrayMetadata(
          fields.longs("shape"),
          dataType,
          chunkShape(fields.required("chunk_grid"), origin),
          ChunkKeyEncoding.parse(fields.required("chunk_key_encoding"), origin),
          FillValue.parse(fields.required("fill_value"), dataType, origin),
          CodecJson.parseAll(fields, "codecs"),
          NodeMetadata.attributes(fields),
          dimensionNames(fields));
    } catch (IllegalArgumentException invalid) {
      throw new CorruptInputException("read metadata", origin, invalid.getMessage(), invalid);
    }
  }

  private static void refuseStorageTransformers(JsonFields fields) {
    if (fields.optional("storage_transformers").isPresent()
        && !fields.required("storage_transformers").isEmpty()) {
      throw new UnsupportedFeatureException(
          "storage transformers " + fields.required("storage_transformers"), fields.origin());
    }
  }

  private static DataType dataType(JsonNode node, Origin origin) {
    String name = NamedConfiguration.parse(node, "data_type", origin).name();
    return Optional.of(name)
        .filter(plain -> node.isTextual())
        .flatMap(DataType::find)
        .orElseThrow(() -> new UnsupportedFeatureException("data type '" + name + "'", origin));
  }

  private static List<Integer> chunkShape(JsonNode node, Origin origin) {
    NamedConfiguration grid = NamedConfiguration.parse(node, "chunk_grid", origin);
    if (!grid.name().equals("regular")) {
      throw new UnsupportedFeatureException("chunk grid '" + grid.name() + "'", origin);
    }
    grid.configuration().allowOnly(Set.of("chunk_shape"));
    return grid.configuration().integers("chunk_shape");
  }

  private static Optional<List<Optional<String>>> dimensionNames(JsonFields fields) {
    return fields
        .optional("dimension_names")
        .map(
            present ->
                fields.list("dimension_names", node -> dimensionName(node, fields.origin())));
  }

  private static Optional<String> dimensionName(JsonNode node, Origin origin) {
    if (!node.isTextual() && !node.isNull()) {
      throw new CorruptInputException(
          "read metadata", origin, "a dimension name is " + node + ", expected a string or null");
    }
    return Optional.ofNullable(node.textValue());
  }

  static JsonNode toJson(ArrayMetadata array) {
    ObjectNode document = JSON.objectNode();
    document.set("shape", CodecJson.integers(array.shape()));
    document.put("data_type", array.dataType().zarrName());
    document.set(
        "chunk_grid",
        NamedConfiguration.toJson(
            "regular",
            JSON.objectNode().set("chunk_shape", CodecJson.integers(array.chunkShape()))));
    document.set("chunk_key_encoding", array.chunkKeyEncoding().toJson());
    document.set("fill_value", array.fillValue().toJson());
    document.set("codecs", CodecJson.toJson(array.codecs()));
    document.set("attributes", array.attributes());
    array.dimensionNames().ifPresent(names -> document.set("dimension_names", names(names)));
    document.put("zarr_format", 3);
    document.put("node_type", "array");
    document.set("storage_transformers", JSON.arrayNode());
    return document;
  }

  private static ArrayNode names(List<Optional<String>> names) {
    ArrayNode list = JSON.arrayNode();
    names.forEach(name -> name.ifPresentOrElse(list::add, list::addNull));
    return list;
  }
}
