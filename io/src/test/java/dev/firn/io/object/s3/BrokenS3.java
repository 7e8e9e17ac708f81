package dev.firn.io.object.s3;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** As much of S3 as puts and gets need, on one thread, which goes wrong as a test tells it to. */
final class BrokenS3 implements AutoCloseable {
  /** What becomes of a request. */
  enum Fault {
    /** It is carried out, and the connection breaks before the answer. */
    LOST_REPLY,
    /** The connection breaks before it is carried out. */
    LOST_REQUEST,
    /** It is carried out, and the answer says that it failed. */
    FALSE_ERROR,
    /** Another write is under way. */
    CONFLICT,
    /** Too many requests. */
    SLOW_DOWN,
    /** No permission. */
    DENIED,
    /** It is carried out, and the connection breaks in the middle of the answer's body. */
    CUT_BODY,
    /** It is carried out, and a byte of the answer's body is another. */
    FLIPPED_BYTE
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Stored(byte[] bytes, Headers headers, String etag) {}

  private final HttpServer server;
  private final Map<String, Stored> objects = new ConcurrentHashMap<>();
  private final Deque<Fault> faults = new ArrayDeque<>();
  private int versions;

  /** The requests' headers, in order. */
  final List<Headers> requests = new CopyOnWriteArrayList<>();

  BrokenS3() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::serve);
    server.start();
  }

  S3ObjectStore store() {
    return store(new S3Credentials.Anonymous());
  }

  S3ObjectStore store(S3Credentials credentials) {
    URI endpoint = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    Deadlines deadlines = new Deadlines(Duration.ofSeconds(2), Duration.ofSeconds(3));
    return S3ObjectStore.open(
        "s3://bucket/x", S3Settings.at(endpoint, credentials).within(deadlines));
  }

  /** What the next requests meet, one each. */
  void next(Fault... coming) {
    faults.addAll(Arrays.asList(coming));
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = readBody(exchange);
      requests.add(exchange.getRequestHeaders());
      Optional<Fault> fault = Optional.ofNullable(faults.poll());
      switch (fault.map(Fault::name).orElse("")) {
        case "LOST_REQUEST" -> {}
        case "LOST_REPLY" -> carryOut(exchange, body);
        case "FALSE_ERROR" -> {
          carryOut(exchange, body);
          error(exchange, 500, "InternalError");
        }
        case "CONFLICT" -> error(exchange, 409, "ConditionalRequestConflict");
        case "SLOW_DOWN" -> error(exchange, 503, "SlowDown");
        case "DENIED" -> error(exchange, 403, "AccessDenied");
        default -> answer(exchange, carryOut(exchange, body), fault);
      }
    }
  }

  private static byte[] readBody(HttpExchange exchange) throws IOException {
    try (InputStream body = exchange.getRequestBody()) {
      return body.readAllBytes();
    }
  }

  private int carryOut(HttpExchange exchange, byte[] body) {
    String key = exchange.getRequestURI().getPath();
    Stored found = objects.get(key);
    if (!exchange.getRequestMethod().equals("PUT")) {
      return found == null ? 404 : 200;
    }
    Headers headers = exchange.getRequestHeaders();
    String expected = headers.getFirst("If-Match");
    if (expected != null && found == null) {
      return 404;
    }
    if (expected != null ? !expected.equals(found.etag()) : isRefused(headers, found)) {
      return 412;
    }
    objects.put(key, new Stored(body, headers, "\"v" + ++versions + "\""));
    return 200;
  }

  private static boolean isRefused(Headers headers, Stored found) {
    return found != null && headers.containsKey("If-None-Match");
  }

  private void answer(HttpExchange exchange, int status, Optional<Fault> fault) throws IOException {
    if (status != 200) {
      error(exchange, status, status == 404 ? "NoSuchKey" : "PreconditionFailed");
      return;
    }
    Stored found = objects.get(exchange.getRequestURI().getPath());
    Headers headers = exchange.getResponseHeaders();
    headers.set("ETag", found.etag());
    headers.set("Last-Modified", "Sun, 22 Nov 2026 12:00:00 GMT");
    found.headers().forEach((name, values) -> keep(headers, name, values.get(0)));
    if (!exchange.getRequestMethod().equals("GET")) {
      headers.set("Content-Length", String.valueOf(found.bytes().length));
      exchange.sendResponseHeaders(200, -1);
      return;
    }
    byte[] body = found.bytes().clone();
    if (fault.equals(Optional.of(Fault.FLIPPED_BYTE))) {
      body[0] ^= 1;
    }
    exchange.sendResponseHeaders(200, body.length);
    int length = fault.equals(Optional.of(Fault.CUT_BODY)) ? body.length / 2 : body.length;
    exchange.getResponseBody().write(body, 0, length);
    exchange.getResponseBody().flush();
  }

  private static void keep(Headers target, String name, String value) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.startsWith("x-amz-meta-") || lower.startsWith("x-amz-checksum-")) {
      target.set(name, value);
    }
  }

  private static void error(HttpExchange exchange, int status, String code) throws IOException {
    byte[] body =
        ("<Error><Code>" + code + "</Code><Message>" + code + " it is</Message></Error>")
            .getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("x-amz-request-id", "REQUEST7");
    boolean isHead = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, isHead ? -1 : body.length);
    if (!isHead) {
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
