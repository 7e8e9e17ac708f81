package dev.firn.io.object.s3;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/**
 * A pool of connections with the credentials to use them. All stores of a process with the same
 * settings share one, and it stays open: stores come and go with every region job.
 *
 * @param client repeats requests by the SDK's standard rules
 * @param once makes each request once
 */
record S3Connection(S3Client client, S3Client once) {
  private static final int MAX_CONNECTIONS = 128;
  private static final String DEFAULT_REGION = "us-east-1";
  private static final Map<Key, S3Connection> OPEN = new ConcurrentHashMap<>();

  private record Key(Optional<URI> endpoint, Optional<String> region, boolean anonymous) {}

  /** The process's connection for a bucket. */
  static S3Connection to(String bucket, S3Settings settings) {
    return OPEN.computeIfAbsent(
        new Key(settings.endpoint(), settings.region(), settings.isAnonymous(bucket)),
        S3Connection::open);
  }

  private static S3Connection open(Key key) {
    SdkHttpClient connections =
        ApacheHttpClient.builder().maxConnections(MAX_CONNECTIONS).tcpKeepAlive(true).build();
    AwsCredentialsProvider credentials =
        key.anonymous()
            ? AnonymousCredentialsProvider.create()
            : DefaultCredentialsProvider.builder().build();
    S3ClientBuilder builder =
        S3Client.builder().httpClient(connections).credentialsProvider(credentials);
    return new S3Connection(
        client(builder, key, AwsRetryStrategy.standardRetryStrategy()),
        client(builder, key, AwsRetryStrategy.doNotRetry()));
  }

  /**
   * Puts carry a checksum of their own, so the SDK is to add none: it would send the body in a form
   * that other servers than Amazon's do not all know. For the same reason no answer is asked for in
   * the form that has an MD5 appended.
   */
  private static S3Client client(S3ClientBuilder builder, Key key, RetryStrategy retries) {
    builder
        .region(Region.of(key.region().orElse(DEFAULT_REGION)))
        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
        .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
        .overrideConfiguration(overrides -> overrides.retryStrategy(retries));
    key.endpoint()
        .ifPresentOrElse(
            endpoint -> builder.endpointOverride(endpoint).forcePathStyle(true),
            () -> builder.crossRegionAccessEnabled(true));
    return builder.build();
  }
}
