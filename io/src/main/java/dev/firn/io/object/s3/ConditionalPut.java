package dev.firn.io.object.s3;

import dev.firn.io.object.ObjectPath;
import dev.firn.io.object.PutCondition;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/**
 * One conditional put, until its outcome is known.
 *
 * <p>A reply may be lost after the object was written: a reset connection, a timeout, a 5xx. The
 * put is then repeated, and "the condition is not met" may be its own doing. So every put carries a
 * token in the object's metadata: when that of the stored object is its own, it has won. Nothing
 * below repeats the put, which would forget what happened to earlier attempts.
 */
final class ConditionalPut {
  private final S3Connection connection;
  private final Operation operation;
  private final PutObjectRequest request;
  private final PutBody body;
  private final String token = UUID.randomUUID().toString();
  private boolean mayBeWritten;

  /** Prepares to put {@code body} at {@code path} as {@code plain} says, but on a condition. */
  ConditionalPut(
      S3Connection connection,
      S3Location location,
      ObjectPath path,
      PutObjectRequest plain,
      PutBody body) {
    this.connection = connection;
    this.operation = new Operation("write", "conditional PutObject", location, path);
    this.body = body;
    this.request = plain.toBuilder().metadata(Map.of(OwnToken.NAME, token)).build();
  }

  /** The ETag and time of what is now stored, or empty when the condition does not hold. */
  Optional<WrittenVersion> run(PutCondition condition) throws IOException {
    PutObjectRequest conditional = withCondition(condition);
    Optional<WrittenVersion> written =
        new Attempts(connection, this::operation)
            .expect(body.sizeBytes())
            .run((client, deadline) -> attempt(client, conditional, deadline));
    return written.isPresent() || !mayBeWritten
        ? written
        : new OwnToken(token).find(connection, operation(), request.key());
  }

  private Optional<WrittenVersion> attempt(
      S3Client client, PutObjectRequest conditional, Deadline deadline) {
    try {
      return Optional.of(
          WrittenVersion.of(
              client.putObject(
                  conditional.toBuilder().overrideConfiguration(deadline).build(),
                  body.request(conditional.contentType()))));
    } catch (AwsServiceException answered) {
      if (S3Failure.isConditionNotMet(answered)) {
        return Optional.empty();
      }
      mayBeWritten |= answered.statusCode() >= 500;
      throw answered;
    } catch (SdkException unanswered) {
      mayBeWritten |= S3Failure.isLostReply(unanswered);
      throw unanswered;
    }
  }

  private PutObjectRequest withCondition(PutCondition condition) {
    return condition instanceof PutCondition.Matches matches
        ? request.toBuilder().ifMatch(matches.etag().value()).build()
        : request.toBuilder().ifNoneMatch("*").build();
  }

  private Operation operation() {
    return mayBeWritten ? operation.withAction("tell whether this wrote") : operation;
  }
}
