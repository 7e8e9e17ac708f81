package dev.firn.io.object.s3;

import java.io.IOException;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * What tells a put from all others, in the metadata of the object it writes.
 *
 * @param value unlike any other
 */
record OwnToken(String value) {
  /** The name of the metadata. */
  static final String NAME = "firn-put";

  /** The object's version, if it is the put with this token that wrote it. */
  Optional<WrittenVersion> find(S3Connection connection, Operation operation, String key)
      throws IOException {
    Operation head =
        new Operation(operation.action(), "HeadObject", operation.location(), operation.path());
    return new Attempts(connection, head)
        .run(
            (client, deadline) -> {
              try {
                var found =
                    client.headObject(
                        request ->
                            request
                                .bucket(operation.location().bucket())
                                .key(key)
                                .overrideConfiguration(deadline));
                return value.equals(found.metadata().get(NAME))
                    ? Optional.of(new WrittenVersion(found.eTag(), found.lastModified()))
                    : Optional.empty();
              } catch (AwsServiceException answered) {
                if (S3Failure.isAbsent(answered)) {
                  return Optional.empty();
                }
                throw answered;
              }
            });
  }
}
