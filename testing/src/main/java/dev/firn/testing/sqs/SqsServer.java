package dev.firn.testing.sqs;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;

/**
 * An SQS server on a free port of this machine, with queues in memory. Any credentials and any
 * region will do.
 */
public final class SqsServer implements AutoCloseable {
  private static final Duration USUAL_VISIBILITY_TIMEOUT = Duration.ofSeconds(30);

  private final SQSRestServer server;
  private final URI endpoint;

  private SqsServer(SQSRestServer server) {
    this.server = server;
    this.endpoint =
        URI.create("http://127.0.0.1:" + server.waitUntilStarted().localAddress().getPort());
  }

  /** Starts a server; this takes some seconds. */
  public static SqsServer start() {
    return new SqsServer(SQSRestServerBuilder.withInterface("127.0.0.1").withDynamicPort().start());
  }

  /** Where it listens. */
  public URI endpoint() {
    return endpoint;
  }

  /**
   * Creates an empty queue; one of the same name and settings stays as it is.
   *
   * @return its URL
   */
  public String createQueue(String name) throws IOException, InterruptedException {
    return createQueue(name, USUAL_VISIBILITY_TIMEOUT);
  }

  /**
   * Creates an empty queue; one of the same name and settings stays as it is.
   *
   * @param visibilityTimeout whole seconds after which a message comes again if the one who
   *     received it did not delete it
   * @return its URL
   */
  public String createQueue(String name, Duration visibilityTimeout)
      throws IOException, InterruptedException {
    Map<String, String> form = new TreeMap<>();
    form.put("Action", "CreateQueue");
    form.put("QueueName", name);
    form.put("Attribute.1.Name", "VisibilityTimeout");
    form.put("Attribute.1.Value", Long.toString(visibilityTimeout.toSeconds()));
    HttpResponse<String> response =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(endpoint)
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString(encoded(form)))
                    .build(),
                BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IOException("Cannot create queue " + name + ": " + response.body());
    }
    return endpoint + "/000000000000/" + name;
  }

  private static String encoded(Map<String, String> form) {
    return form.entrySet().stream()
        .map(
            field ->
                field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  @Override
  public void close() {
    server.stopAndWait();
  }
}
