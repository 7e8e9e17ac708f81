package dev.firn.notify;

import java.io.IOException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.SqsClientBuilder;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;

/** A queue of SQS. */
final class SqsTarget implements EventTarget {
  private final QueueAddress queue;
  private final SqsClient client;

  private SqsTarget(QueueAddress queue, SqsClient client) {
    this.queue = queue;
    this.client = client;
  }

  static SqsTarget open(QueueAddress queue) {
    SqsClientBuilder builder =
        SqsClient.builder()
            .httpClient(AwsSending.connections())
            .overrideConfiguration(AwsSending.patience());
    queue.region().map(Region::of).ifPresent(builder::region);
    queue.endpoint().ifPresent(builder::endpointOverride);
    return new SqsTarget(queue, builder.build());
  }

  @Override
  public void send(OutgoingEvent event) throws IOException {
    SendMessageRequest.Builder message =
        SendMessageRequest.builder().queueUrl(queue.url()).messageBody(event.json());
    if (queue.url().endsWith(".fifo")) {
      message.messageGroupId(event.subject()).messageDeduplicationId(event.id());
    }
    try {
      client.sendMessage(message.build());
    } catch (SdkException failed) {
      throw AwsSending.failure(event, queue.url(), failed);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
