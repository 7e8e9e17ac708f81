package dev.firn.io.icechunk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.io.icechunk.format.ChunkIndex;
import dev.firn.io.icechunk.format.SnapshotId;
import dev.firn.io.icechunk.format.Update;
import dev.firn.io.object.ObjectStore;
import dev.firn.io.object.ObjectStores;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;

/** What {@link IcechunkDriver} can do with a repository as a whole. */
final class RepositoryCommands {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Repository repository;

  private RepositoryCommands(Repository repository) {
    this.repository = repository;
  }

  static RepositoryCommands create(JsonNode command) throws IOException {
    RepositoryConfig config =
        new RepositoryConfig(command.get("config"), RepositoryConfig.DEFAULT.origin());
    return new RepositoryCommands(Repository.create(store(command), config, settings(command)));
  }

  static RepositoryCommands open(JsonNode command) throws IOException {
    return new RepositoryCommands(Repository.open(store(command), settings(command)).orElseThrow());
  }

  private static ObjectStore store(JsonNode command) {
    return ObjectStores.open(command.get("url").asText());
  }

  private static RepositorySettings settings(JsonNode command) {
    Map<String, ObjectStore> stores = new HashMap<>();
    for (JsonNode prefix : command.path("virtual")) {
      stores.put(prefix.asText(), ObjectStores.open(prefix.asText()));
    }
    return TestRepositories.SETTINGS.withVirtualStores(VirtualStores.of(stores));
  }

  Session session(JsonNode command) throws IOException {
    return repository.writable(command.get("branch").asText());
  }

  JsonNode run(JsonNode command) throws IOException {
    String name = command.path("name").asText();
    switch (command.get("do").asText()) {
      case "dump" -> {
        return new RepositoryDump(repository, known(command)).json();
      }
      case "diff" -> {
        return json(repository.diff(version(command, "from"), version(command, "to")));
      }
      case "as_of" -> {
        Instant time = Instant.parse(command.get("time").asText());
        return JSON.getNodeFactory().textNode(repository.lookup(Version.asOf(name, time)).text());
      }
      case "operations" -> {
        return operations();
      }
      case "create_branch" -> repository.createBranch(name, id(command, "to"));
      case "delete_branch" -> repository.deleteBranch(name);
      case "reset_branch" ->
          repository.resetBranch(name, id(command, "to"), Optional.of(id(command, "from")));
      case "create_tag" -> repository.createTag(name, id(command, "to"));
      case "delete_tag" -> repository.deleteTag(name);
      default -> throw new IllegalArgumentException(command.toString());
    }
    return JSON.nullNode();
  }

  private static Set<String> known(JsonNode command) {
    Set<String> known = new HashSet<>();
    command.get("known").forEach(id -> known.add(id.asText()));
    return known;
  }

  private static SnapshotId id(JsonNode command, String field) {
    return SnapshotId.parse(command.get(field).asText());
  }

  private static Version version(JsonNode command, String field) {
    return Version.snapshot(id(command, field));
  }

  /** The names of the kinds of operations, the newest first. */
  private JsonNode operations() throws IOException {
    ArrayNode kinds = JSON.createArrayNode();
    for (Update update : repository.operations()) {
      kinds.add(update.type().getClass().getSimpleName());
    }
    return kinds;
  }

  static JsonNode json(Diff diff) {
    ObjectNode out = JSON.createObjectNode();
    out.set("new_groups", paths(diff.newGroups()));
    out.set("new_arrays", paths(diff.newArrays()));
    out.set("deleted_groups", paths(diff.deletedGroups()));
    out.set("deleted_arrays", paths(diff.deletedArrays()));
    out.set("updated_groups", paths(diff.updatedGroups()));
    out.set("updated_arrays", paths(diff.updatedArrays()));
    ObjectNode chunks = out.putObject("updated_chunks");
    diff.updatedChunks().forEach((path, indexes) -> chunks.set(path.value(), coordinates(indexes)));
    ArrayNode moves = out.putArray("moved_nodes");
    diff.moves().forEach(move -> moves.addArray().add(move.from().value()).add(move.to().value()));
    return out;
  }

  private static JsonNode paths(SortedSet<?> paths) {
    ArrayNode out = JSON.createArrayNode();
    paths.forEach(path -> out.add(path.toString()));
    return out;
  }

  private static JsonNode coordinates(List<ChunkIndex> indexes) {
    ArrayNode out = JSON.createArrayNode();
    for (ChunkIndex index : indexes) {
      ArrayNode one = out.addArray();
      for (int dimension = 0; dimension < index.rank(); dimension++) {
        one.add(index.coordinate(dimension));
      }
    }
    return out;
  }
}
