package dev.firn.io.object.s3;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/**
 * What all stores of a process share that are in one bucket and have the same settings: it stays
 * open, for stores come and go with every region job.
 *
 * @param client a pool of connections with the credentials to use them; makes each request once
 * @param concurrency how many requests the bucket takes at once
 * @param deadlines how long requests may take
 * @param anonymous whether requests are not signed
 */
record S3Connection(
    S3Client client, AdaptiveConcurrency concurrency, Deadlines deadlines, boolean anonymous) {
  private static final int MOST_REQUESTS_OF_A_BUCKET = 64;
  private static final int MOST_CONNECTIONS = 256;
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final String DEFAULT_REGION = "us-east-1";
  private static final Map<Key, S3Client> CLIENTS = new ConcurrentHashMap<>();
  private static final Map<BucketKey, AdaptiveConcurrency> BUCKETS = new ConcurrentHashMap<>();

  private record Key(
      Optional<URI> endpoint,
      Optional<String> region,
      boolean pathStyle,
      S3Credentials credentials,
      Duration silence) {}

  private record BucketKey(Optional<URI> endpoint, String bucket) {}

  /** The process's connection for a bucket. */
  static S3Connection to(String bucket, S3Settings settings) {
    Key key =
        new Key(
            settings.endpoint(),
            settings.region(),
            settings.pathStyle(),
            settings.credentials(),
            settings.deadlines().attempt());
    return new S3Connection(
        CLIENTS.computeIfAbsent(key, S3Connection::open),
        BUCKETS.computeIfAbsent(
            new BucketKey(settings.endpoint(), bucket),
            any -> new AdaptiveConcurrency(MOST_REQUESTS_OF_A_BUCKET)),
        settings.deadlines(),
        settings.isAnonymous());
  }

  /**
   * Puts carry a checksum of their own, so the SDK is to add none: it would send the body in a form
   * that other servers than Amazon's do not all know. For the same reason no answer is asked for in
   * the form that has an MD5 appended.
   */
  private static S3Client open(Key key) {
    SdkHttpClient connections =
        ApacheHttpClient.builder()
            .maxConnections(MOST_CONNECTIONS)
            .connectionTimeout(CONNECT)
            .socketTimeout(key.silence())
            .tcpKeepAlive(true)
            .build();
    S3ClientBuilder builder =
        S3Client.builder()
            .httpClient(connections)
            .credentialsProvider(S3Credentials.provider(key.credentials()))
            .region(Region.of(key.region().orElse(DEFAULT_REGION)))
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .forcePathStyle(key.pathStyle())
            .overrideConfiguration(
                overrides -> overrides.retryStrategy(AwsRetryStrategy.doNotRetry()));
    key.endpoint()
        .ifPresentOrElse(builder::endpointOverride, () -> builder.crossRegionAccessEnabled(true));
    return builder.build();
  }
}
