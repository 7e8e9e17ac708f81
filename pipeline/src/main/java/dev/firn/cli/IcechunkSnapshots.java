package dev.firn.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.io.icechunk.Repository;
import dev.firn.io.icechunk.Version;
import dev.firn.io.icechunk.format.SnapshotId;
import dev.firn.io.icechunk.format.SnapshotInfo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Snapshots, one below the other.
 *
 * @param kind what names are of; empty when there are none
 * @param rows one each
 */
record IcechunkSnapshots(Optional<String> kind, List<Row> rows) implements IcechunkListing {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * A snapshot.
   *
   * @param name of the branch or tag; empty in a history
   * @param snapshot what it says
   */
  record Row(String name, SnapshotInfo snapshot) {}

  /** A history, the newest first. */
  static IcechunkSnapshots history(Repository repository, SnapshotId from, long most)
      throws IOException {
    List<Row> rows =
        repository.ancestry(Version.snapshot(from)).stream()
            .limit(most)
            .map(snapshot -> new Row("", snapshot))
            .toList();
    return new IcechunkSnapshots(Optional.empty(), rows);
  }

  /** Branches or tags. */
  static IcechunkSnapshots named(String kind, Map<String, SnapshotId> refs, Repository repository)
      throws IOException {
    List<Row> rows = new ArrayList<>();
    for (var ref : refs.entrySet()) {
      Version version = Version.snapshot(ref.getValue());
      rows.add(new Row(ref.getKey(), repository.ancestry(version).get(0)));
    }
    return new IcechunkSnapshots(Optional.of(kind), rows);
  }

  @Override
  public List<String> table() {
    List<String> header = new ArrayList<>(kind.stream().toList());
    header.addAll(List.of("snapshot", "committed", "message"));
    TextTable table = new TextTable(header.toArray(String[]::new));
    for (Row row : rows) {
      List<Object> cells = new ArrayList<>(kind.isPresent() ? List.of(row.name) : List.of());
      SnapshotInfo snapshot = row.snapshot;
      String firstLine = snapshot.message().lines().findFirst().orElse("");
      cells.addAll(List.of(snapshot.id(), snapshot.flushedAt(), firstLine));
      table.add(cells.toArray());
    }
    return table.lines();
  }

  @Override
  public JsonNode json() {
    ArrayNode json = JSON.createArrayNode();
    for (Row row : rows) {
      ObjectNode object = json.addObject();
      if (kind.isPresent()) {
        object.put("name", row.name);
      }
      SnapshotInfo snapshot = row.snapshot;
      object.put("snapshot", snapshot.id().text());
      object.put("parent", snapshot.parent().map(SnapshotId::text).orElse(null));
      object.put("written_at", snapshot.flushedAt().toString()).put("message", snapshot.message());
      ObjectNode metadata = object.putObject("metadata");
      snapshot.metadata().forEach(metadata::set);
    }
    return json;
  }
}
