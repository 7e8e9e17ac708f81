package dev.firn.checkin;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * One message to a monitoring service.
 *
 * @param id 32 hexadecimal digits; those of one update are the same, whichever process sends them
 * @param dataset which archive is updated
 * @param job the name of the job
 * @param status what is said of it
 * @param time when
 * @param ending how it ended, empty while it is in progress
 */
public record CheckIn(
    String id, String dataset, String job, Status status, Instant time, Optional<Ending> ending) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What can be said of an update; services know these words. */
  public enum Status {
    /** It has begun. */
    IN_PROGRESS,
    /** It has ended well, also when there was nothing new. */
    OK,
    /** It was refused, or has failed and is not tried again. */
    ERROR;

    /** The word. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * How an update ended.
   *
   * @param begun when its first attempt began
   * @param outcome one word
   * @param message one sentence for people
   */
  public record Ending(Instant begun, String outcome, String message) {}

  /** Checks the id. */
  public CheckIn {
    if (!id.matches("[0-9a-f]{32}")) {
      throw new IllegalArgumentException(
          "Invalid check-in id '" + id + "': expected 32 hexadecimal digits");
    }
  }

  /** The id in the form of a UUID. */
  String uuid() {
    return id.replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5");
  }

  /**
   * The body of the request. {@code check_in_id}, {@code monitor_slug}, {@code status} and {@code
   * duration} (seconds) are what Sentry reads.
   */
  String json() {
    ObjectNode json = JSON.createObjectNode();
    json.put("check_in_id", id).put("monitor_slug", dataset).put("status", status.text());
    json.put("dataset", dataset).put("job", job).put("time", time.toString());
    ending.ifPresent(
        end ->
            json.put("begun", end.begun().toString())
                .put("duration", Duration.between(end.begun(), time).toMillis() / 1000.0)
                .put("outcome", end.outcome())
                .put("message", end.message()));
    return json.toString();
  }
}
