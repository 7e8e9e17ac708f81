package dev.firn.notify;

import java.util.Map;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** A queue of the server that a JVM's tests share. */
final class SqsQueue {
  private final String url;
  private final SqsClient client;

  SqsQueue(String url, SqsClient client) {
    this.url = url;
    this.client = client;
  }

  String url() {
    return url;
  }

  void send(String body) {
    client.sendMessage(message -> message.queueUrl(url).messageBody(body));
  }

  /** The next message, which is deleted; waits for it a while. */
  String receive() {
    var message =
        client
            .receiveMessage(request -> request.queueUrl(url).waitTimeSeconds(10))
            .messages()
            .stream()
            .findFirst()
            .orElseThrow();
    client.deleteMessage(request -> request.queueUrl(url).receiptHandle(message.receiptHandle()));
    return message.body();
  }

  /** Whether it has no message, nor one that was received and not deleted. */
  boolean isEmpty() {
    Map<QueueAttributeName, String> counts =
        client
            .getQueueAttributes(
                request ->
                    request
                        .queueUrl(url)
                        .attributeNames(
                            QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                            QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
            .attributes();
    return counts.values().stream().allMatch("0"::equals);
  }
}
