package dev.firn.io.source;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.file.AccessDeniedException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Makes requests, each until it has an answer that another attempt would not change: what does not
 * come in time, breaks off or is put off is tried again after a growing pause, or the one that the
 * server asks for.
 */
final class HttpExchanges {
  private static final Set<Integer> WORTH_ANOTHER = Set.of(408, 425, 429, 500, 502, 503, 504);
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
  private static final int MOST_REDIRECTS = 10;
  private static final int FIRST_ERROR = 400;

  /**
   * An answer may take so many times as long as a server may be silent, and the time to send it.
   */
  private static final int PATIENCES = 4;

  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(20);
  private static final Duration LONGEST_REQUESTED_PAUSE = Duration.ofMinutes(2);

  private final HttpSettings settings;
  private final Transfers transfers;
  private final HttpClient client;

  HttpExchanges(HttpSettings settings, Transfers transfers) {
    this.settings = settings;
    this.transfers = transfers;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1) // ranges side by side, each on its connection
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(settings.patience())
            .build();
  }

  /**
   * The answer: with a status of success, or one that says something of the file (absent, changed,
   * out of range) or of the method.
   *
   * @throws AccessDeniedException where who asks may not read
   * @throws IOException when there is no other answer
   */
  HttpAnswer send(HttpQuestion question) throws IOException {
    long begun = System.nanoTime();
    for (int attempt = 1; ; attempt++) {
      String failure;
      Duration pause = pause(attempt);
      Optional<HttpAnswer> answer = Optional.empty();
      try {
        answer = Optional.of(follow(question));
        failure = "HTTP status " + answer.get().status();
        pause = requestedPause(answer.get()).orElse(pause);
      } catch (AccessDeniedException | InterruptedIOException | HttpBody.TooLongException last) {
        throw last;
      } catch (IOException failed) {
        failure = failed.getMessage() == null ? failed.toString() : failed.getMessage();
      }
      if (answer.isPresent() && !WORTH_ANOTHER.contains(answer.get().status())) {
        if (attempt > 1) {
          transfers.again(answer.get().body().length);
        }
        return checked(question, answer.get());
      }
      if (attempt == settings.mostAttempts()) {
        double seconds = Duration.ofNanos(System.nanoTime() - begun).toMillis() / 1000.0;
        throw new IOException(
            String.format(
                Locale.ROOT,
                "Cannot read %s: %s; %d attempts in %.1f s",
                question.uri(),
                failure,
                attempt,
                seconds));
      }
      sleep(pause);
    }
  }

  /** Any length up to a limit that doubles: who failed together does not come back together. */
  private static Duration pause(int attempt) {
    long limit = Math.min(LONGEST_PAUSE.toMillis(), FIRST_PAUSE.toMillis() << (attempt - 1));
    return Duration.ofMillis(ThreadLocalRandom.current().nextLong(limit + 1));
  }

  private static Optional<Duration> requestedPause(HttpAnswer answer) {
    return answer
        .headers()
        .firstValue("retry-after")
        .filter(text -> text.matches("\\d{1,6}"))
        .map(text -> Duration.ofSeconds(Integer.parseInt(text)))
        .map(
            asked ->
                asked.compareTo(LONGEST_REQUESTED_PAUSE) > 0 ? LONGEST_REQUESTED_PAUSE : asked);
  }

  private static void sleep(Duration pause) throws InterruptedIOException {
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException interrupted) {
      throw interrupted();
    }
  }

  private static InterruptedIOException interrupted() {
    Thread.currentThread().interrupt();
    return new InterruptedIOException("interrupted while reading from a host");
  }

  private static HttpAnswer checked(HttpQuestion question, HttpAnswer answer) throws IOException {
    boolean redirected = !answer.uri().equals(question.uri());
    if (answer.isAbsent()) {
      return answer;
    }
    if (answer.isDenied() || (redirected && answer.status() == HttpAnswer.OK && answer.isPage())) {
      throw new AccessDeniedException(
          question.uri().toString(),
          null,
          (answer.isDenied() ? "HTTP status " + answer.status() : "a page to log in at")
              + (redirected ? " from " + answer.uri().getHost() : "")
              + (answer.withLogin() ? ": the login is refused or has expired" : ""));
    }
    boolean speaksOfFile =
        answer.status() < FIRST_ERROR
            || answer.status() == HttpAnswer.CHANGED
            || answer.status() == HttpAnswer.OUT_OF_RANGE
            || answer.isOfUnknownMethod();
    if (!speaksOfFile) {
      throw new IOException("Cannot read " + question.uri() + ": HTTP status " + answer.status());
    }
    return answer;
  }

  private HttpAnswer follow(HttpQuestion question) throws IOException {
    URI uri = question.uri();
    for (int hop = 0; hop <= MOST_REDIRECTS; hop++) {
      HttpAnswer answer = exchange(question, uri);
      Optional<String> next = answer.headers().firstValue("location");
      if (!REDIRECTS.contains(answer.status()) || next.isEmpty()) {
        return answer;
      }
      URI target = uri.resolve(next.get());
      if (uri.getScheme().equals("https") && !"https".equals(target.getScheme())) {
        throw new AccessDeniedException(
            question.uri().toString(), null, "it is redirected from TLS to " + target.getScheme());
      }
      uri = target;
    }
    throw new IOException("more than " + MOST_REDIRECTS + " redirects");
  }

  private HttpAnswer exchange(HttpQuestion question, URI uri) throws IOException {
    HostGate gate = HostGate.of(uri.getAuthority(), settings.limits().of(uri.getHost()));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .timeout(settings.patience())
            .method(question.method(), HttpRequest.BodyPublishers.noBody());
    question.headers().forEach(request::header);
    Optional<String> login = settings.logins().header(uri);
    login.ifPresent(header -> request.header("Authorization", header));
    gate.enter();
    HttpBody body = new HttpBody(question.mostBytes());
    try {
      transfers.requested();
      HttpResponse<byte[]> response = await(client.sendAsync(request.build(), body), body);
      transfers.fetched(response.body().length);
      return new HttpAnswer(
          uri, response.statusCode(), response.headers(), response.body(), login.isPresent());
    } catch (IOException failed) {
      transfers.fetched(body.receivedBytes());
      transfers.wasted(body.receivedBytes());
      throw failed;
    } finally {
      gate.leave();
    }
  }

  /** Waits as long as something comes in, and not too slowly. */
  private HttpResponse<byte[]> await(
      CompletableFuture<HttpResponse<byte[]>> response, HttpBody body) throws IOException {
    Duration patience = settings.patience();
    long begun = System.nanoTime();
    try {
      while (true) {
        long now = System.nanoTime();
        long stalled = body.lastNanos() + patience.toNanos() - now;
        long late = begun + PATIENCES * patience.toNanos() + body.slowestNanos() - now;
        if (stalled <= 0 || late <= 0) {
          String what = stalled <= 0 ? "nothing came in for " : "it was not through after ";
          Duration waited = stalled <= 0 ? patience : Duration.ofNanos(now - begun);
          throw new HttpTimeoutException(what + waited.toSeconds() + " s");
        }
        Optional<HttpResponse<byte[]>> whole = poll(response, Math.min(stalled, late));
        if (whole.isPresent()) {
          return whole.get();
        }
      }
    } finally {
      response.cancel(true);
    }
  }

  private static Optional<HttpResponse<byte[]>> poll(
      CompletableFuture<HttpResponse<byte[]>> response, long nanos) throws IOException {
    try {
      return Optional.of(response.get(nanos, TimeUnit.NANOSECONDS));
    } catch (TimeoutException notYet) {
      return Optional.empty();
    } catch (InterruptedException interrupted) {
      throw interrupted();
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof IOException io) {
        throw io;
      }
      throw new IOException(failed.getCause());
    }
  }
}
