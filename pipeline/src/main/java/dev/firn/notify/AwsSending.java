package dev.firn.notify;

import java.io.IOException;
import java.time.Duration;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;

/** What clients of SQS and SNS have in common. */
final class AwsSending {
  private static final Duration ATTEMPT = Duration.ofSeconds(8);
  private static final Duration CALL = Duration.ofSeconds(30);
  private static final Duration CONNECT = Duration.ofSeconds(5);

  private AwsSending() {}

  /** The SDK tries again what may succeed then. */
  static ClientOverrideConfiguration patience() {
    return ClientOverrideConfiguration.builder()
        .apiCallAttemptTimeout(ATTEMPT)
        .apiCallTimeout(CALL)
        .retryStrategy(RetryMode.STANDARD)
        .build();
  }

  static SdkHttpClient connections() {
    return ApacheHttpClient.builder().connectionTimeout(CONNECT).socketTimeout(ATTEMPT).build();
  }

  /** The error as users see it. */
  static IOException failure(OutgoingEvent event, String target, SdkException failed) {
    String reason =
        failed instanceof AwsServiceException answered && answered.awsErrorDetails() != null
            ? answered.awsErrorDetails().errorMessage()
                + " (it answered "
                + answered.statusCode()
                + " "
                + answered.awsErrorDetails().errorCode()
                + ", request "
                + answered.requestId()
                + ")"
            : failed.getMessage();
    return new IOException(
        "Cannot send event " + event.id() + " to " + target + ": " + reason, failed);
  }
}
