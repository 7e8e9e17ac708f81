package dev.firn.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.dataset.ConfigurationException;
import dev.firn.io.icechunk.Diff;
import dev.firn.io.icechunk.Repository;
import dev.firn.io.icechunk.Version;
import dev.firn.io.icechunk.format.ChunkIndex;
import dev.firn.io.icechunk.format.NodePath;
import dev.firn.io.icechunk.format.SnapshotId;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;

/**
 * What changed between two snapshots.
 *
 * @param diff the changes
 */
record IcechunkDiff(Diff diff) implements IcechunkListing {

  static IcechunkDiff between(Repository repository, SnapshotId from, SnapshotId to)
      throws IOException {
    try {
      return new IcechunkDiff(repository.diff(Version.snapshot(from), Version.snapshot(to)));
    } catch (IllegalArgumentException unrelated) {
      throw new ConfigurationException(
          unrelated.getMessage() + "; the earlier snapshot is given first", unrelated);
    }
  }

  private Map<String, SortedSet<NodePath>> nodes() {
    Map<String, SortedSet<NodePath>> nodes = new LinkedHashMap<>();
    nodes.put("new_groups", diff.newGroups());
    nodes.put("new_arrays", diff.newArrays());
    nodes.put("deleted_groups", diff.deletedGroups());
    nodes.put("deleted_arrays", diff.deletedArrays());
    nodes.put("updated_groups", diff.updatedGroups());
    nodes.put("updated_arrays", diff.updatedArrays());
    return nodes;
  }

  @Override
  public List<String> table() {
    TextTable table = new TextTable("change", "path", "chunks");
    nodes()
        .forEach(
            (kind, paths) ->
                paths.forEach(
                    path -> table.add(kind.replace('_', ' ').replaceAll("s$", ""), path, "")));
    diff.moves().forEach(move -> table.add("moved", move.from() + " to " + move.to(), ""));
    diff.updatedChunks()
        .forEach((path, chunks) -> table.add("updated chunks", path, chunks.size()));
    return table.lines();
  }

  @Override
  public JsonNode json() {
    ObjectNode json = new ObjectMapper().createObjectNode();
    nodes()
        .forEach(
            (kind, paths) -> {
              ArrayNode list = json.putArray(kind);
              paths.forEach(path -> list.add(path.value()));
            });
    ArrayNode moves = json.putArray("moves");
    diff.moves()
        .forEach(
            move ->
                moves.addObject().put("from", move.from().value()).put("to", move.to().value()));
    ObjectNode chunks = json.putObject("updated_chunks");
    diff.updatedChunks()
        .forEach(
            (path, indexes) -> {
              ArrayNode list = chunks.putArray(path.value());
              indexes.forEach(index -> addCoordinates(index, list.addArray()));
            });
    return json;
  }

  private static void addCoordinates(ChunkIndex index, ArrayNode list) {
    for (int dimension = 0; dimension < index.rank(); dimension++) {
      list.add(index.coordinate(dimension));
    }
  }
}
