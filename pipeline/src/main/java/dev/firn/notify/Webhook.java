package dev.firn.notify;

import dev.firn.checkin.JsonPost;
import dev.firn.io.source.Logins;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A URL that takes events as the bodies of requests. All of it but scheme and host is a secret. */
final class Webhook implements EventTarget {
  private static final Duration DEADLINE = Duration.ofSeconds(30);
  private static final Pattern URL = Pattern.compile("(https?://[^/?#@{\\s]+)([/?]\\S*)?");
  private static final Pattern VARIABLE = Pattern.compile("\\{env:([A-Za-z_][A-Za-z0-9_]*)}");

  private final URI url;
  private final String place;

  private Webhook(URI url, String place) {
    this.url = url;
    this.place = place;
  }

  /** The URL that {@code template} is, once variables of the environment are filled in. */
  static Webhook open(String template, Function<String, Optional<String>> variables) {
    Matcher parts = URL.matcher(template);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "Invalid target of events: expected the URL of a queue or a webhook, without a login, or"
              + " arn:aws:sns:REGION:ACCOUNT:NAME");
    }
    String url =
        VARIABLE
            .matcher(template)
            .replaceAll(found -> Matcher.quoteReplacement(value(found.group(1), variables)));
    try {
      return new Webhook(new URI(url), parts.group(1));
    } catch (URISyntaxException malformed) {
      throw new IllegalArgumentException(
          "Invalid target of events at " + parts.group(1) + ": the rest of it is no path of a URL");
    }
  }

  private static String value(String name, Function<String, Optional<String>> variables) {
    String value =
        variables
            .apply(name)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "Invalid target of events: " + name + " is not set"));
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @Override
  public void send(OutgoingEvent event) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", event.id())
            .POST(HttpRequest.BodyPublishers.ofString(event.json()));
    Logins.of(name -> Optional.ofNullable(System.getenv(name)))
        .header(url)
        .ifPresent(login -> request.header("Authorization", login));
    Optional<String> failure;
    try {
      failure = new JsonPost(request.build(), DEADLINE).failure();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException(failed(event, "interrupted"));
    }
    if (failure.isPresent()) {
      throw new IOException(failed(event, failure.get()));
    }
  }

  private String failed(OutgoingEvent event, String why) {
    return "Cannot send event " + event.id() + " to " + place + ": " + why;
  }

  @Override
  public void close() {}
}
