package dev.firn.notify;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.io.object.ObjectPath;
import dev.firn.io.object.ObjectStat;
import dev.firn.io.object.ObjectStore;
import dev.firn.io.object.ObjectStores;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeadLettersTest {
  /** {@code printf 'no JSON' | sha256sum}. */
  private static final String HASH =
      "29ecbeb830e3244605e5a88493e4088424a71780e5cf59bb3475f278f294335b";

  private static DeadLetter letter(String messageId, String content) {
    return new DeadLetter(
        "https://sqs.us-east-1.amazonaws.com/123456789012/q",
        messageId,
        Instant.parse("2026-11-20T09:41:07.123Z"),
        "it is not JSON: Unrecognized token 'no'",
        content);
  }

  private static List<String> names(ObjectStore store) throws IOException {
    return store.list(ObjectPath.ROOT).stream()
        .map(ObjectStat::path)
        .map(ObjectPath::value)
        .toList();
  }

  @Test
  void sameContentIsOneObject(@TempDir Path directory) throws IOException {
    String url = directory.toUri().toString();
    DeadLetters letters = DeadLetters.open(url);

    letters.put(letter("first", "no JSON"));
    letters.put(letter("second", "no JSON"));
    letters.close();

    try (ObjectStore store = ObjectStores.open(url)) {
      assertThat(names(store), contains(HASH + ".json"));
      ObjectNode json =
          (ObjectNode)
              new ObjectMapper()
                  .readTree(store.get(new ObjectPath(HASH + ".json")).orElseThrow().bytes());
      assertThat(json.get("message_id").asText(), equalTo("second"));
      assertThat(json.get("content").asText(), equalTo("no JSON"));
    }
  }

  @Test
  void letterIsAJsonDocument() {
    assertThat(
        letter("m", "no JSON").json(),
        equalTo(
            "{\"schema\":\"firn.dead-letter\",\"schema_version\":1,\"id\":\""
                + HASH
                + "\",\"queue\":\"https://sqs.us-east-1.amazonaws.com/123456789012/q\",\"message_id\":\"m\","
                + "\"sent\":\"2026-11-20T09:41:07.123Z\",\"reason\":\"it is not JSON: Unrecognized token 'no'\","
                + "\"shortened\":false,\"content\":\"no JSON\"}"));
  }
}
