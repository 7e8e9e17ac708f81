package dev.firn.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.dataset.ConfigurationException;
import dev.firn.io.CorruptInputException;
import dev.firn.io.Origin;
import dev.firn.io.icechunk.Repository;
import dev.firn.io.icechunk.format.Node;
import dev.firn.io.icechunk.format.Node.ArrayNode;
import dev.firn.io.icechunk.format.NodePath;
import dev.firn.io.icechunk.format.SnapshotId;
import dev.firn.io.icechunk.maintenance.ArrayContents;
import dev.firn.io.icechunk.maintenance.ChunkCounts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The arrays and groups of a snapshot.
 *
 * @param rows one each, in the order of their paths
 */
record IcechunkNodes(List<Row> rows) implements IcechunkListing {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * An array or group.
   *
   * @param node what the snapshot says
   * @param document its metadata document
   * @param chunks its chunks; none of a group
   */
  record Row(Node node, JsonNode document, ChunkCounts chunks) {}

  static IcechunkNodes of(Repository repository, SnapshotId snapshot, Optional<String> path)
      throws IOException {
    NodePath top = path.map(IcechunkNodes::path).orElse(NodePath.ROOT);
    List<Row> rows = new ArrayList<>();
    for (Node node : repository.files().snapshot(snapshot).nodes()) {
      if (node.path().isWithin(top)) {
        ChunkCounts chunks =
            node instanceof ArrayNode array
                ? ArrayContents.of(array, repository.files())
                : ChunkCounts.NONE;
        rows.add(new Row(node, document(node), chunks));
      }
    }
    if (rows.isEmpty() && path.isPresent()) {
      throw new ConfigurationException(
          "There is no array or group " + top + " in snapshot " + snapshot);
    }
    return new IcechunkNodes(rows);
  }

  private static NodePath path(String text) {
    String absolute = text.startsWith("/") ? text : "/" + text;
    try {
      return new NodePath(absolute);
    } catch (IllegalArgumentException malformed) {
      throw new ConfigurationException(malformed.getMessage(), malformed);
    }
  }

  private static JsonNode document(Node node) {
    try {
      return JSON.readTree(node.userData().toArray());
    } catch (IOException noJson) {
      throw new CorruptInputException(
          "read metadata document",
          Origin.of(node.path() + "/zarr.json"),
          "it is no JSON: " + noJson.getMessage(),
          noJson);
    }
  }

  @Override
  public List<String> table() {
    TextTable table =
        new TextTable("path", "type", "shape", "chunks", "stored", "inline", "virtual", "size");
    for (Row row : rows) {
      boolean isArray = row.node instanceof ArrayNode;
      JsonNode type = row.document.path("data_type");
      table.add(
          row.node.path(),
          isArray ? (type.isTextual() ? type.asText() : type.path("name").asText()) : "group",
          isArray ? text(row.document.path("shape")) : "",
          isArray ? text(chunkShape(row)) : "",
          isArray ? row.chunks.nativeChunks() : "",
          isArray ? row.chunks.inlineChunks() : "",
          isArray ? row.chunks.virtualChunks() : "",
          isArray ? MemorySize.text(row.chunks.bytes()) : "");
    }
    return table.lines();
  }

  private static JsonNode chunkShape(Row row) {
    JsonNode grid = row.document.path("chunk_grid").path("configuration");
    return grid.has("chunk_shape") ? grid.path("chunk_shape") : grid.path("chunk_shapes");
  }

  private static String text(JsonNode list) {
    List<String> elements = new ArrayList<>();
    list.forEach(element -> elements.add(element.toString()));
    return elements.stream().collect(Collectors.joining(", ", "[", "]"));
  }

  @Override
  public JsonNode json() {
    com.fasterxml.jackson.databind.node.ArrayNode json = JSON.createArrayNode();
    for (Row row : rows) {
      ObjectNode object = json.addObject().put("path", row.node.path().value());
      if (row.node instanceof ArrayNode array) {
        object.put("node_type", "array");
        object.set("data_type", row.document.path("data_type"));
        object.set("shape", row.document.path("shape"));
        object.set("chunk_shape", chunkShape(row));
        object.put("manifests", array.manifests().size());
        object.put("chunk_refs", row.chunks.total());
        object.put("native_chunks", row.chunks.nativeChunks());
        object.put("inline_chunks", row.chunks.inlineChunks());
        object.put("virtual_chunks", row.chunks.virtualChunks());
        object.put("chunk_bytes", row.chunks.bytes());
      } else {
        object.put("node_type", "group");
      }
    }
    return json;
  }
}
