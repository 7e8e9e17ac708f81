package dev.firn.flink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firn.dataset.ConfigurationException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;

/** A running Flink cluster, as its REST interface shows it. */
public final class FlinkCluster {
  /** The versions of Flink that the job jar's Beam runner is made for. */
  private static final String VERSION = "1.19.";

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Set<String> NO_RESTART = Set.of("", "none", "off", "disable");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String master;
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();

  /**
   * The cluster whose JobManager's REST interface is at {@code master}, a host and a port.
   *
   * @throws ConfigurationException if it is something else
   */
  public FlinkCluster(String master) {
    if (!master.matches("[^/\\s]+:[0-9]{1,5}")) {
      throw new ConfigurationException(
          "Invalid --flink-master '"
              + master
              + "': expected HOST:PORT, the JobManager's REST port");
    }
    this.master = master;
  }

  /**
   * What a cluster has.
   *
   * @param version Flink's
   * @param taskManagers how many are registered
   * @param slots of all of them, free or not
   */
  public record Overview(String version, int taskManagers, int slots) {}

  /** What the cluster has now. */
  public Overview overview() throws IOException {
    JsonNode found = get("/overview");
    return new Overview(
        found.path("flink-version").asText(),
        found.path("taskmanagers").asInt(),
        found.path("slots-total").asInt());
  }

  /**
   * How many slots a job may use.
   *
   * @throws ConfigurationException if the cluster cannot run this build's jobs
   */
  public int slots() throws IOException {
    Overview overview = overview();
    if (!overview.version().startsWith(VERSION)) {
      throw new ConfigurationException(
          "Cannot use the cluster at %s: it runs Flink %s, and this build's jobs are for %sx"
              .formatted(master, overview.version(), VERSION));
    }
    if (overview.slots() == 0) {
      throw new IOException(
          "Cannot use the Flink cluster at " + master + ": it has no slots, so no TaskManager");
    }
    return overview.slots();
  }

  /** Whether the cluster restarts a batch job of which a TaskManager was lost. */
  public boolean restartsJobs() throws IOException {
    for (JsonNode entry : get("/jobmanager/config")) {
      if (Set.of("restart-strategy", "restart-strategy.type")
          .contains(entry.path("key").asText())) {
        return !NO_RESTART.contains(entry.path("value").asText());
      }
    }
    return false;
  }

  private JsonNode get(String path) throws IOException {
    URI uri = URI.create("http://" + master + path);
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(PATIENCE).build();
    try {
      HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new IOException("it answers " + response.statusCode() + " to GET " + path);
      }
      return JSON.readTree(response.body());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for Flink at " + master);
    } catch (IOException failed) {
      String why = failed.getMessage() == null ? failed.toString() : failed.getMessage();
      throw new IOException("Cannot ask the Flink cluster at " + master + ": " + why, failed);
    }
  }
}
