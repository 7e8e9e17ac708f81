package dev.firn.io.icechunk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.firn.io.icechunk.ConflictPolicy.ChunkWinner;
import dev.firn.io.icechunk.format.Checksum;
import dev.firn.io.icechunk.format.ChunkIndex;
import dev.firn.io.icechunk.format.ChunkRef.VirtualChunk;
import dev.firn.io.icechunk.format.NodePath;
import dev.firn.io.object.ObjectPath;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

/** What {@link IcechunkDriver} can do with a session. */
record SessionCommands(Session session) {
  JsonNode run(JsonNode command) throws IOException {
    switch (command.get("do").asText()) {
      case "set" -> session.store().put(key(command), command.get("bytes").binaryValue());
      case "delete" -> session.store().delete(key(command));
      case "delete_node" -> session.delete(path(command, "path"));
      case "move" -> session.move(path(command, "path"), path(command, "to"));
      case "set_virtual" -> session.setRef(path(command, "path"), index(command), chunk(command));
      case "discard" -> session.discard();
      case "get" -> {
        return JsonNodeFactory.instance.binaryNode(
            session.store().get(key(command)).orElseThrow().bytes());
      }
      case "keys" -> {
        return RepositoryDump.keys(session);
      }
      case "status" -> {
        return RepositoryCommands.json(session.status());
      }
      case "commit" -> {
        return JsonNodeFactory.instance.textNode(session.commit(request(command)).text());
      }
      default -> throw new IllegalArgumentException(command.toString());
    }
    return JsonNodeFactory.instance.nullNode();
  }

  private static ObjectPath key(JsonNode command) {
    return new ObjectPath(command.get("key").asText());
  }

  private static NodePath path(JsonNode command, String field) {
    return new NodePath(command.get(field).asText());
  }

  private static ChunkIndex index(JsonNode command) {
    JsonNode index = command.get("index");
    return ChunkIndex.of(
        LongStream.range(0, index.size()).map(i -> index.get((int) i).asLong()).toArray());
  }

  private static VirtualChunk chunk(JsonNode command) {
    return new VirtualChunk(
        command.get("location").asText(),
        command.get("offset").asLong(),
        command.get("length").asLong(),
        checksum(command));
  }

  /** The ETag as text, or the time as a number of seconds. */
  private static Optional<Checksum> checksum(JsonNode command) {
    JsonNode checksum = command.path("checksum");
    if (checksum.isTextual()) {
      return Optional.of(new Checksum.ETagChecksum(checksum.asText()));
    }
    return checksum.isNumber()
        ? Optional.of(new Checksum.LastModified(checksum.asLong()))
        : Optional.empty();
  }

  private static CommitRequest request(JsonNode command) {
    Map<String, JsonNode> metadata = new HashMap<>();
    command.path("metadata").fields().forEachRemaining(e -> metadata.put(e.getKey(), e.getValue()));
    CommitRequest request =
        CommitRequest.of(command.get("message").asText()).withMetadata(metadata);
    if (command.path("amend").asBoolean()) {
      return request.amending();
    }
    ChunkWinner winner = ChunkWinner.valueOf(command.path("winner").asText("NONE"));
    boolean strict = winner == ChunkWinner.NONE;
    return request.rebasing(new ConflictPolicy(winner, strict, strict));
  }
}
