package dev.firn.notify;

import java.io.IOException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;
import software.amazon.awssdk.services.sns.model.PublishRequest;

/** A topic of SNS. */
final class SnsTarget implements EventTarget {
  private static final Pattern TOPIC =
      Pattern.compile("arn:aws[a-z-]*:sns:([a-z0-9-]+):\\d{12}:[A-Za-z0-9_-]{1,256}(?:\\.fifo)?");

  private final String topic;
  private final SnsClient client;

  private SnsTarget(String topic, SnsClient client) {
    this.topic = topic;
    this.client = client;
  }

  static boolean isTopic(String arn) {
    return TOPIC.matcher(arn).matches();
  }

  static SnsTarget open(String arn) {
    Matcher topic = TOPIC.matcher(arn);
    if (!topic.matches()) {
      throw new IllegalArgumentException(
          "Invalid topic '" + arn + "': expected arn:aws:sns:REGION:ACCOUNT:NAME");
    }
    return new SnsTarget(
        arn,
        SnsClient.builder()
            .httpClient(AwsSending.connections())
            .overrideConfiguration(AwsSending.patience())
            .region(Region.of(topic.group(1)))
            .build());
  }

  @Override
  public void send(OutgoingEvent event) throws IOException {
    PublishRequest.Builder message =
        PublishRequest.builder()
            .topicArn(topic)
            .message(event.json())
            .messageAttributes(
                Map.of(
                    "subject",
                    MessageAttributeValue.builder()
                        .dataType("String")
                        .stringValue(event.subject())
                        .build()));
    if (topic.endsWith(".fifo")) {
      message.messageGroupId(event.subject()).messageDeduplicationId(event.id());
    }
    try {
      client.publish(message.build());
    } catch (SdkException failed) {
      throw AwsSending.failure(event, topic, failed);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
