package dev.firn.notify;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firn.update.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * A message that could not be understood, whole.
 *
 * @param queue the URL of the queue it came from
 * @param messageId what the queue called it
 * @param sent when it came there
 * @param reason why it could not be understood
 * @param content the message
 */
public record DeadLetter(
    String queue, String messageId, Instant sent, String reason, String content) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Names its content: the same for every message that says the same. */
  public String id() {
    return Sha256.hex(content.getBytes(StandardCharsets.UTF_8));
  }

  /** A JSON document of all that is known of it. */
  public String json() {
    return json(content.length());
  }

  /** The same with at most so many characters of the content, and a word of it. */
  String json(int mostCharacters) {
    int length = Math.min(content.length(), mostCharacters);
    return JSON.createObjectNode()
        .put("schema", "firn.dead-letter")
        .put("schema_version", 1)
        .put("id", id())
        .put("queue", queue)
        .put("message_id", messageId)
        .put("sent", sent.toString())
        .put("reason", reason)
        .put("shortened", length < content.length())
        .put("content", content.substring(0, length))
        .toString();
  }
}
