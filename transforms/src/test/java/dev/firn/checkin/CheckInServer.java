package dev.firn.checkin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A monitoring service on this machine, which keeps what it hears. */
public final class CheckInServer implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final List<Heard> heard = new CopyOnWriteArrayList<>();
  private final AtomicInteger failures = new AtomicInteger();
  private volatile int failure = 500;

  /** A request: its path with the query, what it was authorised by, and its body. */
  record Heard(String target, List<String> authorization, JsonNode body) {}

  /** Starts it on a free port. */
  public CheckInServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      JsonNode body = JSON.readTree(exchange.getRequestBody().readAllBytes());
      boolean fails = failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
      if (!fails) {
        heard.add(
            new Heard(
                exchange.getRequestMethod() + " " + exchange.getRequestURI(),
                exchange.getRequestHeaders().getOrDefault("Authorization", List.of()),
                body));
      }
      exchange.sendResponseHeaders(fails ? failure : 202, -1);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Scheme, host and port. */
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Answers so many requests with {@code status}. */
  public void fail(int requests, int status) {
    failure = status;
    failures.set(requests);
  }

  List<Heard> heard() {
    return heard;
  }

  /** The bodies of the requests that it took. */
  public List<JsonNode> bodies() {
    return heard.stream().map(Heard::body).toList();
  }

  /** Their statuses. */
  public List<String> statuses() {
    return bodies().stream().map(body -> body.get("status").asText()).toList();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
