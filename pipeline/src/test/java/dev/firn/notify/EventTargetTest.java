package dev.firn.notify;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SqsExtension.class)
class EventTargetTest {
  private static final OutgoingEvent EVENT = new OutgoingEvent("run-1", "gfs", "{\"a\":\"ü\"}");

  /** Answers with each of the statuses in turn, then with the last of them. */
  private static final class Hook implements AutoCloseable {
    final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private final HttpServer server;

    Hook(Integer... statuses) throws IOException {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/",
          exchange -> {
            String body =
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            requests.add(
                String.join(
                    " ",
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    exchange.getRequestHeaders().getFirst("Content-Type"),
                    exchange.getRequestHeaders().getFirst("Idempotency-Key"),
                    body));
            exchange.sendResponseHeaders(
                statuses[Math.min(requests.size(), statuses.length) - 1], -1);
            exchange.close();
          });
      server.start();
    }

    String url() {
      return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }

  @Test
  void queueGetsTheEvent(SqsQueue queue) throws IOException {
    try (EventTarget target = EventTarget.open(queue.url())) {
      target.send(EVENT);
    }

    assertThat(queue.receive(), equalTo(EVENT.json()));
  }

  @Test
  void webhookGetsTheEvent() throws IOException {
    try (Hook hook = new Hook(204);
        EventTarget target = EventTarget.open(hook.url() + "/hook?token=1")) {
      target.send(EVENT);

      assertThat(
          hook.requests, contains("POST /hook?token=1 application/json run-1 " + EVENT.json()));
    }
  }

  @Test
  void webhookIsTriedAgainWhenItMaySucceedThen() throws IOException {
    try (Hook hook = new Hook(503, 200);
        EventTarget target = EventTarget.open(hook.url())) {
      target.send(EVENT);

      assertThat(hook.requests.size(), equalTo(2));
    }
  }

  @Test
  void errorOfAWebhookTellsNoMoreOfItThanItsHost() throws IOException {
    try (Hook hook = new Hook(403);
        EventTarget target = EventTarget.open(hook.url() + "/secret?key=secret")) {
      IOException failed = assertThrows(IOException.class, () -> target.send(EVENT));

      assertThat(
          failed.getMessage(),
          equalTo("Cannot send event run-1 to " + hook.url() + ": HTTP status 403"));
      assertThat(hook.requests.size(), equalTo(1));
    }
  }

  @Test
  void variablesAreFilledIntoTheUrlOfAWebhook() throws IOException {
    try (Hook hook = new Hook(200);
        EventTarget target =
            Webhook.open(hook.url() + "/{env:KEY}/x", name -> Optional.of(name + " a/b"))) {
      target.send(EVENT);

      assertThat(hook.requests, contains(startsWith("POST /KEY%20a%2Fb/x ")));
    }
    IllegalArgumentException unset =
        assertThrows(
            IllegalArgumentException.class,
            () -> Webhook.open("https://h.example/{env:ABSENT}", name -> Optional.empty()));
    assertThat(unset.getMessage(), equalTo("Invalid target of events: ABSENT is not set"));
  }

  @Test
  void errorOfAQueueNamesIt(SqsQueue queue) {
    String url = queue.url() + "-absent";
    try (EventTarget target = EventTarget.open(url)) {
      IOException failed = assertThrows(IOException.class, () -> target.send(EVENT));

      assertThat(failed.getMessage(), startsWith("Cannot send event run-1 to " + url + ": "));
      assertThat(failed.getMessage(), containsString("(it answered 400 "));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "secret",
        "ftp://h.example/secret",
        "https://user:secret@h.example/",
        "https://{env:secret}/",
        "https://h.example/secret path",
        "https://h.example/sec|ret",
        "arn:aws:sqs:us-east-1:123456789012:secret",
        "arn:aws:sns:us-east-1:secret"
      })
  void whatIsNoTargetIsRefusedAndNotRepeated(String url) {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> EventTarget.open(url));

    assertThat(refused.getMessage(), startsWith("Invalid target of events"));
    assertThat(refused.getMessage(), not(containsString("sec")));
  }

  @Test
  void longLettersGoToAQueueShortened(SqsQueue queue) throws IOException {
    DeadLetter letter =
        new DeadLetter(queue.url(), "m", Instant.EPOCH, "why", "\u0001".repeat(200_000));
    DeadLetters letters = DeadLetters.open(queue.url());
    letters.put(letter);
    letters.close();

    var received = new ObjectMapper().readTree(queue.receive());
    assertThat(received.get("id").asText(), equalTo(letter.id()));
    assertThat(received.get("shortened").asBoolean(), equalTo(true));
    assertThat(received.get("content").asText(), equalTo("\u0001".repeat(40_000)));
  }
}
