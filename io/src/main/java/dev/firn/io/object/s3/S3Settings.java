package dev.firn.io.object.s3;

import java.net.URI;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.providers.AwsProfileRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProviderChain;
import software.amazon.awssdk.regions.providers.SystemSettingsRegionProvider;

/**
 * How to reach S3. Credentials are no part of it: they come from the AWS SDK's default chain.
 *
 * @param endpoint the server, when it is not Amazon's; it is asked path-style
 * @param region where requests are sent and signed for; on Amazon's S3 a bucket elsewhere is found
 * @param anonymousBuckets buckets to be read without credentials; {@code *} stands for all
 */
public record S3Settings(
    Optional<URI> endpoint, Optional<String> region, Set<String> anonymousBuckets) {
  private static final Set<String> SCHEMES = Set.of("http", "https");

  /** Checks the endpoint, copies the buckets. */
  public S3Settings {
    if (endpoint.isPresent() && !SCHEMES.contains(String.valueOf(endpoint.get().getScheme()))) {
      throw new IllegalArgumentException(
          "Invalid S3 endpoint '"
              + endpoint.get()
              + "': expected http://HOST:PORT or https://HOST:PORT");
    }
    anonymousBuckets = Set.copyOf(anonymousBuckets);
  }

  /**
   * What this process was given: {@code AWS_ENDPOINT_URL_S3} or {@code AWS_ENDPOINT_URL}; {@code
   * AWS_REGION} or the profile's region; {@code FIRN_S3_ANONYMOUS}, bucket names with commas
   * between them. The SDK's system properties go before variables.
   */
  public static S3Settings ofProcess() {
    Optional<URI> endpoint =
        Stream.of(
                setting("aws.endpointUrlS3", "AWS_ENDPOINT_URL_S3"),
                setting("aws.endpointUrl", "AWS_ENDPOINT_URL"))
            .flatMap(Optional::stream)
            .findFirst()
            .map(URI::create);
    return new S3Settings(endpoint, regionOfProcess(), anonymousOfProcess());
  }

  private static Set<String> anonymousOfProcess() {
    return setting("firn.s3.anonymous", "FIRN_S3_ANONYMOUS").stream()
        .flatMap(names -> Arrays.stream(names.split(",")))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Leaves out the SDK's last resort, to ask the machine's metadata service over the network. */
  private static Optional<String> regionOfProcess() {
    try {
      return Optional.of(
          new AwsRegionProviderChain(
                  new SystemSettingsRegionProvider(), new AwsProfileRegionProvider())
              .getRegion()
              .id());
    } catch (SdkClientException none) {
      return Optional.empty();
    }
  }

  private static Optional<String> setting(String property, String variable) {
    return Optional.ofNullable(System.getProperty(property))
        .or(() -> Optional.ofNullable(System.getenv(variable)))
        .filter(value -> !value.isBlank());
  }

  boolean isAnonymous(String bucket) {
    return anonymousBuckets.contains(bucket) || anonymousBuckets.contains("*");
  }
}
