package dev.firn.io.object.s3;

import dev.firn.io.object.ObjectPath;
import dev.firn.io.object.PutCondition;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/**
 * One conditional put, until its outcome is known.
 *
 * <p>A reply may be lost after the object was written: a reset connection, a timeout, a 5xx. The
 * put is then repeated, and "the condition is not met" may be its own doing. So every put carries a
 * token in the object's metadata: when that of the stored object is its own, it has won. It is
 * repeated here and not by the SDK, which would forget what happened to earlier attempts.
 */
final class ConditionalPut {
  static final int MAX_ATTEMPTS = 6;

  private static final String TOKEN = "firn-put";
  private static final String OPERATION = "conditional PutObject";
  private static final BackoffStrategy BACKOFF =
      BackoffStrategy.exponentialDelay(Duration.ofMillis(100), Duration.ofSeconds(5));

  private final S3Connection connection;
  private final S3Location location;
  private final ObjectPath path;
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
    this.location = location;
    this.path = path;
    this.body = body;
    this.request = plain.toBuilder().metadata(Map.of(TOKEN, token)).build();
  }

  /** The ETag and time of what is now stored, or empty when the condition does not hold. */
  Optional<WrittenVersion> run(PutCondition condition) throws IOException {
    PutObjectRequest conditional = withCondition(condition);
    for (int attempt = 1; ; attempt++) {
      try {
        PutObjectResponse written =
            connection.once().putObject(conditional, body.request(conditional.contentType()));
        return Optional.of(WrittenVersion.of(written));
      } catch (AwsServiceException answered) {
        if (S3Failure.isConditionNotMet(answered)) {
          return mayBeWritten ? ownVersion() : Optional.empty();
        }
        if (!S3Failure.isTryAgain(answered) && answered.statusCode() < 500) {
          throw failure(answered);
        }
        mayBeWritten |= answered.statusCode() >= 500;
        pauseOrFail(attempt, answered);
      } catch (SdkClientException unanswered) {
        if (!isLostReply(unanswered)) {
          throw failure(unanswered);
        }
        mayBeWritten = true;
        pauseOrFail(attempt, unanswered);
      }
    }
  }

  private PutObjectRequest withCondition(PutCondition condition) {
    return condition instanceof PutCondition.Matches matches
        ? request.toBuilder().ifMatch(matches.etag().value()).build()
        : request.toBuilder().ifNoneMatch("*").build();
  }

  /** Whether a request went out, or may have, and no answer came. */
  private static boolean isLostReply(SdkClientException unanswered) {
    if (unanswered instanceof AbortedException || unanswered instanceof ApiCallTimeoutException) {
      return false; // whoever gave up does not want another attempt
    }
    Throwable cause = unanswered;
    while (cause != null && !(cause instanceof IOException)) {
      cause = cause.getCause();
    }
    return cause != null;
  }

  private Optional<WrittenVersion> ownVersion() throws IOException {
    try {
      var found =
          connection.client().headObject(head -> head.bucket(location.bucket()).key(request.key()));
      return token.equals(found.metadata().get(TOKEN))
          ? Optional.of(new WrittenVersion(found.eTag(), found.lastModified()))
          : Optional.empty();
    } catch (AwsServiceException answered) {
      if (S3Failure.isAbsent(answered)) {
        return Optional.empty();
      }
      throw failure(answered);
    } catch (SdkClientException unanswered) {
      throw failure(unanswered);
    }
  }

  private void pauseOrFail(int attempt, SdkException failed) throws IOException {
    if (attempt == MAX_ATTEMPTS) {
      throw failure(failed);
    }
    try {
      Thread.sleep(BACKOFF.computeDelay(attempt).toMillis());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException(failure(failed).getMessage());
    }
  }

  private IOException failure(SdkException failed) {
    String action = mayBeWritten ? "tell whether this wrote" : "write";
    return S3Failure.of(action, OPERATION, location, path, failed);
  }
}
