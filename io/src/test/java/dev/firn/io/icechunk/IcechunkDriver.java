package dev.firn.io.icechunk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Does what a program in another language says: reads a command a line, an object in JSON, and
 * answers each with a line, {@code {"result": …}} or {@code {"error": CLASS, "message": …}}.
 * Repositories and sessions stay open and are named by the numbers that opening them gave.
 */
final class IcechunkDriver {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<RepositoryCommands> repositories = new ArrayList<>();
  private final List<SessionCommands> sessions = new ArrayList<>();

  private IcechunkDriver() {}

  public static void main(String[] arguments) throws IOException {
    IcechunkDriver driver = new IcechunkDriver();
    try (OutputStream out = new FileOutputStream(FileDescriptor.out);
        BufferedReader in =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        ObjectNode answer = driver.answer(JSON.readTree(line));
        out.write((answer + "\n").getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  private ObjectNode answer(JsonNode command) {
    ObjectNode answer = JSON.createObjectNode();
    try {
      return answer.set("result", run(command));
    } catch (IOException | RuntimeException failed) {
      answer.put("error", failed.getClass().getSimpleName());
      return answer.put("message", String.valueOf(failed.getMessage()));
    }
  }

  private JsonNode run(JsonNode command) throws IOException {
    if (command.has("session")) {
      return sessions.get(command.get("session").asInt()).run(command);
    }
    switch (command.get("do").asText()) {
      case "create" -> {
        return added(repositories, RepositoryCommands.create(command));
      }
      case "open" -> {
        return added(repositories, RepositoryCommands.open(command));
      }
      case "begin" -> {
        return added(sessions, new SessionCommands(repository(command).session(command)));
      }
      default -> {
        return repository(command).run(command);
      }
    }
  }

  private RepositoryCommands repository(JsonNode command) {
    return repositories.get(command.get("repository").asInt());
  }

  private static <T> JsonNode added(List<T> all, T one) {
    all.add(one);
    return IntNode.valueOf(all.size() - 1);
  }
}
