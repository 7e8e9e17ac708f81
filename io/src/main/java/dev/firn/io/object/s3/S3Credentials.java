package dev.firn.io.object.s3;

import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.InstanceProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** Who asks. Texts of credentials never hold a secret. */
public sealed interface S3Credentials {

  /** Whatever the AWS SDK's default chain finds in the process's surroundings. */
  record Chain() implements S3Credentials {}

  /** Nobody: requests are not signed. */
  record Anonymous() implements S3Credentials {}

  /** The role of the container or machine, whatever variables and profiles there are. */
  record Instance() implements S3Credentials {}

  /**
   * A profile of {@code ~/.aws}, or of the files that {@code AWS_CONFIG_FILE} and {@code
   * AWS_SHARED_CREDENTIALS_FILE} name.
   *
   * @param name the profile's name
   */
  record Profile(String name) implements S3Credentials {}

  /**
   * A key.
   *
   * @param id its public part
   * @param secret its secret part
   * @param token of a session, where the key is of one
   */
  record Key(String id, String secret, Optional<String> token) implements S3Credentials {
    @Override
    public String toString() {
      return "Key[id=" + id + "]";
    }
  }

  /** What gives the SDK the credentials, again when they have expired. */
  static AwsCredentialsProvider provider(S3Credentials credentials) {
    if (credentials instanceof Anonymous) {
      return AnonymousCredentialsProvider.create();
    }
    if (credentials instanceof Instance) {
      return AwsCredentialsProviderChain.of(
          ContainerCredentialsProvider.create(), InstanceProfileCredentialsProvider.create());
    }
    if (credentials instanceof Profile profile) {
      return ProfileCredentialsProvider.create(profile.name());
    }
    if (credentials instanceof Key key) {
      return StaticCredentialsProvider.create(
          key.token().isPresent()
              ? AwsSessionCredentials.create(key.id(), key.secret(), key.token().get())
              : AwsBasicCredentials.create(key.id(), key.secret()));
    }
    return DefaultCredentialsProvider.builder().build();
  }
}
