package dev.firn.notify;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where a queue of SQS is.
 *
 * @param url of the queue
 * @param region whose requests are signed for; empty where the AWS SDK is to find it
 * @param endpoint of the server; empty where it is Amazon's, or where the AWS SDK is told of it
 */
record QueueAddress(String url, Optional<String> region, Optional<URI> endpoint) {
  private static final Pattern QUEUE =
      Pattern.compile("(https?://[^/?#@]+)/\\d{12}/[A-Za-z0-9_-]{1,80}(?:\\.fifo)?");

  private static final Pattern WORD = Pattern.compile("_([a-z])");

  private static final Pattern AMAZON =
      Pattern.compile(
          "https://(?:sqs(?:-fips)?\\.([a-z0-9-]+)|([a-z0-9-]+)\\.queue)\\.amazonaws\\.com(?:\\.cn)?/.*");

  /** Whether {@code url} is that of a queue: its path is twelve digits and a name. */
  static boolean isQueue(String url) {
    return QUEUE.matcher(url).matches();
  }

  /**
   * The queue at {@code url}. A server other than Amazon's is the one in the URL, unless {@code
   * AWS_ENDPOINT_URL_SQS} or {@code AWS_ENDPOINT_URL} names another.
   *
   * @throws IllegalArgumentException if it is no queue's
   */
  static QueueAddress parse(String url) {
    Matcher queue = QUEUE.matcher(url);
    if (!queue.matches()) {
      throw new IllegalArgumentException(
          "Invalid queue URL '"
              + url
              + "': expected one like https://sqs.us-east-1.amazonaws.com/123456789012/name");
    }
    Matcher amazon = AMAZON.matcher(url);
    if (amazon.matches()) {
      return new QueueAddress(
          url,
          Stream.of(1, 2).map(amazon::group).filter(name -> name != null).findFirst(),
          Optional.empty());
    }
    boolean isTold =
        Stream.of("AWS_ENDPOINT_URL_SQS", "AWS_ENDPOINT_URL")
            .anyMatch(name -> told(name).isPresent());
    return new QueueAddress(
        url,
        told("AWS_REGION").or(() -> Optional.of("us-east-1")),
        isTold ? Optional.empty() : Optional.of(URI.create(queue.group(1))));
  }

  /** A setting of the AWS SDK: {@code aws.endpointUrl}, or else {@code AWS_ENDPOINT_URL}. */
  private static Optional<String> told(String variable) {
    String words = variable.substring("AWS_".length()).toLowerCase(Locale.ROOT);
    String property =
        "aws." + WORD.matcher(words).replaceAll(word -> word.group(1).toUpperCase(Locale.ROOT));
    return Optional.ofNullable(System.getProperty(property))
        .or(() -> Optional.ofNullable(System.getenv(variable)))
        .filter(value -> !value.isBlank());
  }
}
