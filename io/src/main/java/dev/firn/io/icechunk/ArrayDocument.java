package dev.firn.io.icechunk;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firn.io.CorruptInputException;
import dev.firn.io.Origin;
import dev.firn.io.UnsupportedFeatureException;
import dev.firn.io.icechunk.format.Bytes;
import dev.firn.io.icechunk.format.Dimension;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a repository needs of an array's {@code zarr.json}: not all of Zarr, so that arrays with
 * data types and codecs that nobody here knows can be stored too.
 *
 * @param dimensions the shape, in elements and chunks
 * @param keys how chunks are named
 */
record ArrayDocument(List<Dimension> dimensions, ChunkKeys keys) {
  ArrayDocument {
    dimensions = List.copyOf(dimensions);
  }

  /** Reads a document; empty when it is that of a group. */
  static Optional<ArrayDocument> parse(Bytes document, Origin origin) {
    JsonNode json = json(document, origin);
    String type = json.path("node_type").asText();
    return switch (type) {
      case "group" -> Optional.empty();
      case "array" -> Optional.of(array(json, origin));
      default -> throw corrupt(origin, "node_type", json, "\"array\" or \"group\"");
    };
  }

  private static JsonNode json(Bytes document, Origin origin) {
    try {
      return JsonTree.read(document.toArray());
    } catch (IOException noJson) {
      throw new CorruptInputException(
          "read metadata document", origin, "it is no JSON: " + noJson.getMessage(), noJson);
    }
  }

  private static ArrayDocument array(JsonNode json, Origin origin) {
    JsonNode shape = json.path("shape");
    List<Long> chunks = chunks(json, origin);
    if (!shape.isArray() || shape.size() != chunks.size()) {
      throw corrupt(origin, "shape", json, chunks.size() + " numbers, as the chunk grid has");
    }
    List<Dimension> dimensions = new ArrayList<>();
    for (int i = 0; i < chunks.size(); i++) {
      Optional<String> name =
          Optional.of(json.path("dimension_names").path(i).asText("")).filter(n -> !n.isEmpty());
      dimensions.add(new Dimension(shape.get(i).asLong(), chunks.get(i), name));
    }
    JsonNode encoding = json.path("chunk_key_encoding");
    return new ArrayDocument(dimensions, ChunkKeys.parse(encoding, chunks.size(), origin));
  }

  /** The number of chunks along each dimension. */
  private static List<Long> chunks(JsonNode json, Origin origin) {
    JsonNode grid = json.path("chunk_grid");
    JsonNode configuration = grid.path("configuration");
    List<Long> chunks = new ArrayList<>();
    switch (grid.path("name").asText()) {
      case "regular" -> {
        JsonNode lengths = configuration.path("chunk_shape");
        for (int i = 0; i < lengths.size(); i++) {
          chunks.add(regularChunks(json.path("shape").path(i).asLong(), lengths.get(i).asLong()));
        }
      }
      case "rectilinear" ->
          configuration.path("chunk_shapes").forEach(lengths -> chunks.add(listed(lengths)));
      default -> throw new UnsupportedFeatureException("chunk grid " + grid, origin);
    }
    return chunks;
  }

  private static long regularChunks(long length, long chunkLength) {
    return chunkLength <= 0 ? 0 : (length + chunkLength - 1) / chunkLength;
  }

  /** The number of chunks in a list of lengths and of pairs (length, how many times). */
  private static long listed(JsonNode lengths) {
    long chunks = 0;
    for (JsonNode length : lengths) {
      chunks += length.isArray() ? length.path(1).asLong() : 1;
    }
    return chunks;
  }

  private static CorruptInputException corrupt(
      Origin origin, String field, JsonNode json, String expected) {
    return new CorruptInputException(
        "read metadata document",
        origin,
        "'" + field + "' is " + json.path(field) + ", expected " + expected);
  }
}
