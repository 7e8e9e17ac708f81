package dev.firn.io.object.s3;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.firn.io.object.DeletionException;
import dev.firn.io.object.ObjectPath;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Requests to delete many objects, to a server that does not delete all of them. */
class ManyDeletesTest {
  private static final Pattern KEY = Pattern.compile("<Key>([^<]+)</Key>");

  /** For each key that is not deleted, with what codes, one after the other. */
  private final Map<String, List<String>> errors = new ConcurrentHashMap<>();

  /** The keys of each request. */
  private final List<List<String>> requests = new CopyOnWriteArrayList<>();

  private HttpServer server;
  private S3ObjectStore store;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    URI endpoint = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    store =
        S3ObjectStore.open("s3://bucket/a", S3Settings.at(endpoint, new S3Credentials.Anonymous()));
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String asked = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      List<String> keys = KEY.matcher(asked).results().map(match -> match.group(1)).toList();
      requests.add(keys);
      StringBuilder answer = new StringBuilder("<DeleteResult>");
      for (String key : keys) {
        List<String> codes = errors.getOrDefault(key, List.of());
        if (!codes.isEmpty()) {
          answer.append(
              "<Error><Key>%s</Key><Code>%s</Code><Message>so it is</Message></Error>"
                  .formatted(key, codes.get(0)));
          errors.put(key, codes.subList(1, codes.size()));
        }
      }
      byte[] body = answer.append("</DeleteResult>").toString().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/xml");
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static List<ObjectPath> paths(String... names) {
    return List.of(names).stream().map(ObjectPath::new).toList();
  }

  @Test
  void theOneObjectThatCannotBeDeletedIsNamedAndTheOthersGo() {
    errors.put("a/2", List.of("AccessDenied", "AccessDenied"));

    DeletionException failed =
        assertThrows(DeletionException.class, () -> store.deleteAll(paths("1", "2", "3")));

    assertThat(failed.getMessage(), allOf(containsString("s3://bucket/a"), containsString("2")));
    assertThat(failed.failures(), equalTo(Map.of(new ObjectPath("2"), "AccessDenied: so it is")));
    assertThat(requests, contains(List.of("a/1", "a/2", "a/3")));
  }

  @Test
  void whatFailedForAWhileIsAskedForAgainAlone() throws IOException {
    errors.put("a/2", List.of("InternalError", "SlowDown"));

    store.deleteAll(paths("1", "2", "3"));

    assertThat(requests, contains(List.of("a/1", "a/2", "a/3"), List.of("a/2"), List.of("a/2")));
  }

  @Test
  void otherRequestsAreMadeAfterOneThatFailedForAnObject() {
    errors.put("a/7", List.of("AccessDenied"));
    List<ObjectPath> many = new ArrayList<>();
    IntStream.range(0, 2001).forEach(i -> many.add(new ObjectPath("" + i)));

    DeletionException failed = assertThrows(DeletionException.class, () -> store.deleteAll(many));

    assertThat(failed.failures().size(), equalTo(1));
    assertThat(requests.stream().map(List::size).toList(), contains(1000, 1000, 1));
  }
}
