package dev.firn.testing.s3;

import com.adobe.testing.s3mock.S3MockApplication;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContextException;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * An S3 server on a free port of this machine, with objects in a temporary directory. Any
 * credentials will do. Its gets and conditional puts are atomic.
 */
public final class S3Server implements AutoCloseable {
  private static final Logger WEB_SERVER = Logger.getLogger("org.apache");

  private static final int START_ATTEMPTS = 4;

  private final ConfigurableApplicationContext application;
  private final URI endpoint;
  private final AtomicInteger buckets = new AtomicInteger();

  private S3Server(ConfigurableApplicationContext application, URI endpoint) {
    this.application = application;
    this.endpoint = endpoint;
  }

  /** Starts a server; this takes some seconds. */
  public static S3Server start() throws IOException {
    System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
    WEB_SERVER.setLevel(Level.WARNING);
    for (int attempt = 1; ; attempt++) {
      try {
        return startAt(freePort());
      } catch (ApplicationContextException failed) {
        if (attempt == START_ATTEMPTS) {
          throw failed;
        }
      }
    }
  }

  /** Fails where somebody else was faster to take the port. */
  private static S3Server startAt(int port) {
    ConfigurableApplicationContext application =
        new SpringApplicationBuilder(S3MockApplication.class, KeyLocks.class, BucketsInMemory.class)
            .properties("http.port=" + port, "server.port=0", "spring.main.banner-mode=off")
            .run();
    return new S3Server(application, URI.create("http://127.0.0.1:" + port));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** Where it listens, for path-style requests. */
  public URI endpoint() {
    return endpoint;
  }

  /** Creates an empty bucket. */
  public S3Bucket newBucket() throws IOException, InterruptedException {
    String name = "bucket-" + buckets.incrementAndGet();
    HttpResponse<String> response =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(endpoint.resolve("/" + name))
                    .PUT(BodyPublishers.noBody())
                    .build(),
                BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IOException("Cannot create bucket " + name + ": " + response.body());
    }
    return new S3Bucket(endpoint, name);
  }

  @Override
  public void close() {
    application.close();
  }
}
