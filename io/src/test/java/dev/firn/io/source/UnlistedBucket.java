package dev.firn.io.source;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.firn.io.object.s3.S3Credentials;
import dev.firn.io.object.s3.S3ObjectStore;
import dev.firn.io.object.s3.S3Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A bucket of S3 that anybody may read and nobody list, with one object; it says of requests what
 * Amazon's does.
 */
final class UnlistedBucket implements AutoCloseable {
  static final String ROOT = "s3://bucket";
  static final byte[] CONTENT = SourceFilesContract.bytes(3, 1000);

  private final HttpServer server;
  private boolean isThere = true;

  private UnlistedBucket(HttpServer server) {
    this.server = server;
  }

  static UnlistedBucket start() throws IOException {
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    UnlistedBucket bucket = new UnlistedBucket(HttpServer.create(any, 0));
    bucket.server.createContext("/", bucket::answer);
    bucket.server.start();
    return bucket;
  }

  /** The object, {@code there}, goes. */
  void empty() {
    isThere = false;
  }

  /** The bucket's files, for who has the credentials. */
  SourceFiles files(S3Credentials credentials) {
    URI endpoint = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    return new StoredFiles(
        S3ObjectStore.open(ROOT, S3Settings.at(endpoint, credentials)), ROOT, new Transfers());
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Optional<String> login =
          Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"));
      if (exchange.getRequestHeaders().containsKey("X-Amz-Security-Token")) {
        error(exchange, 400, "ExpiredToken", "The provided token has expired.");
      } else if (login.isPresent()) {
        error(exchange, 403, "InvalidAccessKeyId", "The key you provided does not exist.");
      } else if (isThere && exchange.getRequestURI().getPath().equals("/bucket/there")) {
        object(exchange);
      } else {
        error(exchange, 403, "AccessDenied", "Access Denied");
      }
    }
  }

  private static void object(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("ETag", "\"v1\"");
    exchange.getResponseHeaders().set("Last-Modified", "Sun, 22 Nov 2026 12:00:00 GMT");
    send(exchange, 200, CONTENT);
  }

  private static void error(HttpExchange exchange, int status, String code, String message)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/xml");
    exchange.getResponseHeaders().set("x-amz-request-id", "4442587FB7D0A2F9");
    String xml =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>%s</Code><Message>%s</Message><RequestId>4442587FB7D0A2F9</RequestId></Error>"
            .formatted(code, message);
    send(exchange, status, xml.getBytes(StandardCharsets.UTF_8));
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", "" + (status == 200 ? body.length : 0));
      exchange.sendResponseHeaders(status, -1);
    } else {
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
