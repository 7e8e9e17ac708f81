package dev.firn.checkin;

import dev.firn.io.source.Logins;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Sends check-ins to monitoring services, each as a POST with a JSON body to every URL. What fails
 * is told and nothing more: no update depends on who watches it.
 */
public final class CheckIns {
  private static final Duration DEADLINE = Duration.ofSeconds(10);

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
      return new JsonPost(request(url.of(checkIn, variables), checkIn), deadline).failure();
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
}
