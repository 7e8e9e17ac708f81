package dev.firn.notify;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What others are told when readers can see new data: one commit to one store.
 *
 * @param id of the run that published it; the same however often it is told
 * @param dataset which archive
 * @param store the URL that readers open
 * @param snapshot what they see now; empty for stores that have no snapshots
 * @param content what is new
 * @param completeness how much of what is expected at these times is there
 * @param published when readers could see it
 * @param files when the source files came; empty where there were none
 */
public record PublicationEvent(
    String id,
    String dataset,
    String store,
    Optional<String> snapshot,
    Content content,
    Completeness completeness,
    Instant published,
    Optional<Files> files) {
  /** Grows when a property is taken away or changes its meaning, not when one is added. */
  static final int SCHEMA_VERSION = 1;

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Where there are new values.
   *
   * @param dimension the one that the archive grows along, as its store calls it
   * @param times along it that have new values: the starts of forecasts, mostly one
   * @param leadTimes ascending; none in archives along valid time
   * @param variables their paths
   */
  public record Content(
      String dimension, List<Instant> times, List<Duration> leadTimes, List<String> variables) {
    /** Copies the lists. */
    public Content {
      times = List.copyOf(times);
      leadTimes = List.copyOf(leadTimes);
      variables = List.copyOf(variables);
    }
  }

  /**
   * How much is there.
   *
   * @param filesExpected source files of these times and variables
   * @param filesIngested how many of them readers can see the values of
   */
  public record Completeness(long filesExpected, long filesIngested) {
    /** Checks the numbers. */
    public Completeness {
      if (filesIngested < 0 || filesIngested > filesExpected) {
        throw new IllegalArgumentException(
            "Invalid completeness: " + filesIngested + " of " + filesExpected + " files");
      }
    }

    private boolean isComplete() {
      return filesIngested == filesExpected;
    }
  }

  /**
   * Since when the new source files of a commit have been there.
   *
   * @param first of them
   * @param last of them
   */
  public record Files(Instant first, Instant last) {}

  /** The event as it is sent: compact JSON in UTF-8. */
  public OutgoingEvent outgoing() {
    return new OutgoingEvent(id, dataset, json());
  }

  private String json() {
    ObjectNode event = JSON.createObjectNode();
    event.put("schema", "firn.publication").put("schema_version", SCHEMA_VERSION);
    event.put("id", id).put("dataset", dataset).put("store", store);
    event.put("snapshot", snapshot.orElse(null));
    event.put("dimension", content.dimension());
    addTexts(event.putArray("times"), content.times());
    addTexts(event.putArray("lead_times"), content.leadTimes());
    addTexts(event.putArray("variables"), content.variables());
    event
        .putObject("completeness")
        .put("files_expected", completeness.filesExpected())
        .put("files_ingested", completeness.filesIngested())
        .put("complete", completeness.isComplete());
    event.put("published", published.toString());
    files.ifPresent(
        came ->
            event
                .put("seconds_since_first_file", seconds(came.first()))
                .put("seconds_since_last_file", seconds(came.last())));
    return event.toString();
  }

  private double seconds(Instant since) {
    return Duration.between(since, published).toMillis() / 1000.0;
  }

  private static void addTexts(ArrayNode array, Collection<?> values) {
    values.forEach(value -> array.add(value.toString()));
  }
}
