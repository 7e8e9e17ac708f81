package dev.firn.notify;

import java.io.IOException;
import java.util.Optional;

/**
 * Where events are sent. An event may arrive twice; its id is the same then. Safe for use by many
 * threads.
 */
public interface EventTarget extends AutoCloseable {
  /**
   * The target at {@code url}; opening makes no request.
   *
   * <ul>
   *   <li>a queue of SQS, by its URL: twelve digits and a name are its whole path. To one whose
   *       name ends in {@code .fifo} the event's id says what is the same.
   *   <li>a topic of SNS: {@code arn:aws:sns:REGION:ACCOUNT:NAME}. Subscriptions may filter by the
   *       attribute {@code subject}.
   *   <li>any other http or https URL: a webhook, which gets the event as the body of a POST, and
   *       its id as the header {@code Idempotency-Key}. {@code {env:NAME}} stands in it for a
   *       variable of the environment of the process that opens it.
   * </ul>
   *
   * @throws IllegalArgumentException if it is none of these
   */
  static EventTarget open(String url) {
    if (QueueAddress.isQueue(url)) {
      return SqsTarget.open(QueueAddress.parse(url));
    }
    if (SnsTarget.isTopic(url)) {
      return SnsTarget.open(url);
    }
    return Webhook.open(url, name -> Optional.ofNullable(System.getenv(name)));
  }

  /**
   * Sends an event, for half a minute at most.
   *
   * @throws IOException when the target did not take it, naming the target without anything that
   *     may be a secret; it may have taken it all the same
   */
  void send(OutgoingEvent event) throws IOException;

  @Override
  void close();
}
