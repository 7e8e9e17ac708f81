package dev.firn.checkin;

import dev.firn.io.source.Logins;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Sends check-ins to monitoring services, each as a POST with a JSON body to every URL. What fails
 * is told and nothing more: no update depends on who watches it.
 */
public final class CheckIns {
  private static final Duration DEADLINE = Duration.ofSeconds(10);
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final int MOST_ATTEMPTS = 3;
  private static final int FIRST_SUCCESS = 200;
  private static final int FIRST_REDIRECT = 300;
  private static final Set<Integer> WORTH_ANOTHER = Set.of(408, 425, 429, 500, 502, 503, 504);

  private final List<CheckInUrl> urls;
  private final Function<String, Optional<String>> variables;
  private final Duration deadline;

  CheckIns(List<String> urls, Function<String, Optional<String>> variables, Duration deadline) {
    this.urls = urls.stream().map(CheckInUrl::parse).toList();
    this.variables = variables;
    this.deadline = deadline;
  }

  /**
   * To all of {@code urls}, which may have places to be filled in.
   *
   * @throws IllegalArgumentException if one is no such URL
   */
  public static CheckIns to(List<String> urls) {
    return new CheckIns(urls, name -> Optional.ofNullable(System.getenv(name)), DEADLINE);
  }

  /**
   * Sends a check-in, to each URL for ten seconds at most.
   *
   * @return a sentence for each URL that did not take it
   */
  public List<String> send(CheckIn checkIn) {
    return urls.stream()
        .flatMap(
            url ->
                failure(url, checkIn)
                    .map(
                        why ->
                            "check-in '%s' of job %s did not reach %s: %s"
                                .formatted(
                                    checkIn.status().text(), checkIn.job(), url.place(), why))
                    .stream())
        .toList();
  }

  private Optional<String> failure(CheckInUrl url, CheckIn checkIn) {
    try {
      return new Sending(request(url.of(checkIn, variables), checkIn)).failure();
    } catch (IllegalArgumentException unusable) {
      return Optional.of(unusable.getMessage());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return Optional.of("interrupted");
    }
  }

  private HttpRequest request(URI uri, CheckIn checkIn) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(checkIn.json()));
    Logins.of(variables).header(uri).ifPresent(login -> request.header("Authorization", login));
    return request.build();
  }

  /** One request until it is answered, or time is up. */
  private final class Sending {
    private final HttpRequest request;
    private final HttpClient client =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final long begun = System.nanoTime();

    private Sending(HttpRequest request) {
      this.request = request;
    }

    private Optional<String> failure() throws InterruptedException {
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
      return failure.getMessage() == null
          ? failure.getClass().getSimpleName()
          : failure.getMessage();
    }
  }

  private record Attempt(Optional<String> failure, boolean isWorthAnother) {}
}
