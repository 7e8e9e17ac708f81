package dev.firn.io.object.s3;

import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.providers.AwsProfileRegionProvider;

/**
 * Settings by the names they have in the environment, wherever they come from: {@code AWS_REGION}
 * and so on.
 *
 * @param source what the place they come from is called in errors
 * @param values the value of a name
 */
record NamedSettings(String source, Function<String, Optional<String>> values) {
  /** All names that have a meaning for one store. */
  static final Set<String> NAMES =
      Set.of(
          "AWS_ACCESS_KEY_ID",
          "AWS_SECRET_ACCESS_KEY",
          "AWS_SESSION_TOKEN",
          "AWS_PROFILE",
          "AWS_REGION",
          "AWS_ENDPOINT_URL",
          "AWS_ENDPOINT_URL_S3",
          "FIRN_S3_ANONYMOUS",
          "FIRN_S3_CREDENTIALS",
          "FIRN_S3_PATH_STYLE",
          "FIRN_S3_SINGLE_WRITER",
          "FIRN_S3_ATTEMPT_SECONDS",
          "FIRN_S3_OPERATION_SECONDS");

  /** Those of them that are credentials. */
  static final Set<String> CREDENTIALS =
      Set.of("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_PROFILE");

  private Optional<String> value(String name) {
    return values.apply(name).map(String::strip).filter(value -> !value.isEmpty());
  }

  /** The settings for a bucket. */
  S3Settings of(String bucket) {
    Optional<URI> endpoint =
        Stream.of("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL")
            .flatMap(name -> value(name).stream())
            .findFirst()
            .map(URI::create);
    return new S3Settings(
        endpoint,
        value("AWS_REGION").or(this::regionOfProfile),
        value("FIRN_S3_PATH_STYLE").map(Boolean::parseBoolean).orElse(endpoint.isPresent()),
        names("FIRN_S3_ANONYMOUS", bucket) ? new S3Credentials.Anonymous() : credentials(),
        names("FIRN_S3_SINGLE_WRITER", bucket),
        deadlines());
  }

  /** Whether a bucket is in a list with commas, in which {@code *} stands for all. */
  private boolean names(String name, String bucket) {
    return value(name).stream()
        .flatMap(list -> Arrays.stream(list.split(",")))
        .map(String::strip)
        .anyMatch(listed -> listed.equals(bucket) || listed.equals("*"));
  }

  /** Leaves out the SDK's last resort, to ask the machine's metadata service over the network. */
  private Optional<String> regionOfProfile() {
    Optional<String> profile = value("AWS_PROFILE");
    try {
      var provider =
          profile.isPresent()
              ? new AwsProfileRegionProvider(null, profile.get())
              : new AwsProfileRegionProvider();
      return Optional.of(provider.getRegion().id());
    } catch (SdkClientException none) {
      return Optional.empty();
    }
  }

  private S3Credentials credentials() {
    Optional<String> id = value("AWS_ACCESS_KEY_ID");
    Optional<String> secret = value("AWS_SECRET_ACCESS_KEY");
    if (value("FIRN_S3_CREDENTIALS").isPresent()) {
      return credentials(value("FIRN_S3_CREDENTIALS").get());
    }
    if (id.isPresent() != secret.isPresent()) {
      throw new IllegalArgumentException(
          "Invalid settings in " + source + ": of a key, one half is missing");
    }
    return id.isPresent()
        ? new S3Credentials.Key(id.get(), secret.get(), value("AWS_SESSION_TOKEN"))
        : value("AWS_PROFILE")
            .<S3Credentials>map(S3Credentials.Profile::new)
            .orElseGet(S3Credentials.Chain::new);
  }

  private S3Credentials credentials(String kind) {
    return switch (kind) {
      case "chain" -> new S3Credentials.Chain();
      case "instance" -> new S3Credentials.Instance();
      default ->
          throw new IllegalArgumentException(
              "Invalid FIRN_S3_CREDENTIALS in "
                  + source
                  + ": '"
                  + kind
                  + "', expected chain or instance");
    };
  }

  private Deadlines deadlines() {
    Duration attempt = seconds("FIRN_S3_ATTEMPT_SECONDS", Deadlines.USUAL.attempt());
    return new Deadlines(
        attempt,
        seconds("FIRN_S3_OPERATION_SECONDS", longer(attempt, Deadlines.USUAL.operation())));
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  private Duration seconds(String name, Duration otherwise) {
    try {
      return value(name).map(Integer::parseInt).map(Duration::ofSeconds).orElse(otherwise);
    } catch (NumberFormatException invalid) {
      throw new IllegalArgumentException(
          "Invalid " + name + " in " + source + ": expected a whole number of seconds", invalid);
    }
  }
}
