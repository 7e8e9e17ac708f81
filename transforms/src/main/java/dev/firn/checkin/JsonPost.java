package dev.firn.checkin;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One request to be sent until it is answered, or time is up. The body of the answer is not read.
 */
public final class JsonPost {
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final int MOST_ATTEMPTS = 3;
  private static final int FIRST_SUCCESS = 200;
  private static final int FIRST_REDIRECT = 300;
  private static final Set<Integer> WORTH_ANOTHER = Set.of(408, 425, 429, 500, 502, 503, 504);

  private final HttpRequest request;
  private final Duration deadline;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final long begun = System.nanoTime();

  /**
   * A request whose time begins now.
   *
   * @param deadline for all attempts together
   */
  public JsonPost(HttpRequest request, Duration deadline) {
    this.request = request;
    this.deadline = deadline;
  }

  /**
   * Sends it, three times at most.
   *
   * @return why it was not taken, without the URL; empty when it was
   */
  public Optional<String> failure() throws InterruptedException {
    for (int attempt = 1; ; attempt++) {
      Attempt made = attempt();
      boolean last = !made.isWorthAnother() || attempt == MOST_ATTEMPTS;
      if (last || leftNanos() <= PAUSE.toNanos()) {
        return made.failure();
      }
      Thread.sleep(PAUSE.toMillis());
    }
  }

  private long leftNanos() {
    return begun + deadline.toNanos() - System.nanoTime();
  }

  private Attempt attempt() throws InterruptedException {
    CompletableFuture<HttpResponse<Void>> answer =
        client.sendAsync(request, HttpResponse.BodyHandlers.discarding());
    try {
      int status = answer.get(leftNanos(), TimeUnit.NANOSECONDS).statusCode();
      boolean taken = status >= FIRST_SUCCESS && status < FIRST_REDIRECT;
      return new Attempt(
          taken ? Optional.empty() : Optional.of("HTTP status " + status),
          WORTH_ANOTHER.contains(status));
    } catch (TimeoutException late) {
      return new Attempt(Optional.of("no answer within " + deadline.toSeconds() + " s"), false);
    } catch (ExecutionException failed) {
      return new Attempt(Optional.of(text(failed.getCause())), true);
    } finally {
      answer.cancel(true);
    }
  }

  private static String text(Throwable failure) {
    return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
  }

  private record Attempt(Optional<String> failure, boolean isWorthAnother) {}
}
