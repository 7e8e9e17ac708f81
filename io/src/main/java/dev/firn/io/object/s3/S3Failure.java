package dev.firn.io.object.s3;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.security.cert.CertificateException;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLPeerUnverifiedException;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;

/** What an answer of S3 that is an error means, and how it reads. */
final class S3Failure {
  private S3Failure() {}

  /** What is to be done about an error. */
  enum Verdict {
    /** The same request would fail again. */
    FINAL,
    /** The same request may succeed. */
    AGAIN,
    /** The same request may succeed later, when there are fewer. */
    THROTTLED
  }

  private static final Set<String> AGAIN_CODES =
      Set.of(
          "RequestTimeout",
          "BadDigest",
          "IncompleteBody",
          "XAmzContentChecksumMismatch",
          "ConditionalRequestConflict",
          "OperationAborted");

  private static final Set<String> TEMPORARY_CODES =
      Set.of("InternalError", "ServiceUnavailable", "SlowDown", "Throttling");

  /**
   * Worth another attempt are: servers' own errors, connections that broke or took too long,
   * another write of the object that is under way, bodies that arrived otherwise than they were
   * sent, and clocks that differ (the SDK learns by how much from the answer).
   */
  static Verdict verdict(SdkException failed) {
    if (failed instanceof AwsServiceException answered) {
      return verdict(answered);
    }
    if (failed instanceof ApiCallAttemptTimeoutException || failed.retryable()) {
      return Verdict.AGAIN;
    }
    return failed instanceof AbortedException || !isTransport(failed)
        ? Verdict.FINAL
        : Verdict.AGAIN;
  }

  private static Verdict verdict(AwsServiceException answered) {
    int status = answered.statusCode();
    if (answered.isThrottlingException() || status == 429 || status == 503) {
      return Verdict.THROTTLED;
    }
    return status == 409
            || (status >= 500 && status != 501)
            || answered.isClockSkewException()
            || code(answered).filter(AGAIN_CODES::contains).isPresent()
        ? Verdict.AGAIN
        : Verdict.FINAL;
  }

  /** Whether a request went out, or may have, and no answer came. */
  static boolean isLostReply(SdkException failed) {
    return failed instanceof ApiCallAttemptTimeoutException
        || failed instanceof AbortedException
        || isTransport(failed);
  }

  /** Whether what failed with this code may succeed later. */
  static boolean isTemporary(String code) {
    return TEMPORARY_CODES.contains(code) || AGAIN_CODES.contains(code);
  }

  /** Whether the connection failed; certificates that do not fit will not fit next time. */
  private static boolean isTransport(SdkException failed) {
    boolean isTransport = false;
    for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
      if (cause instanceof SSLPeerUnverifiedException || cause instanceof CertificateException) {
        return false;
      }
      isTransport |= cause instanceof IOException;
    }
    return isTransport;
  }

  /**
   * The error as users see it: what failed, where, why, and what a server's operators ask for.
   *
   * <p>Access that is denied is an {@link AccessDeniedException}; credentials that are invalid or
   * have expired are not.
   *
   * @param spent how often and how long it was tried, to follow the reason; may be empty
   */
  static IOException of(Operation operation, SdkException cause, String spent) {
    return of(operation, cause, spent, isAccessDenied(cause));
  }

  /**
   * The same where no credentials were shown, so that none can be wrong: whatever is forbidden, be
   * it without a reason as in an answer to {@code HEAD}, is an {@link AccessDeniedException}.
   */
  static IOException ofNobody(Operation operation, SdkException cause, String spent) {
    return of(operation, cause, spent, isForbidden(cause));
  }

  private static IOException of(
      Operation operation, SdkException cause, String spent, boolean isDenied) {
    String reason =
        cause instanceof AwsServiceException answered
            ? reason(answered, operation.request(), spent)
            : reason(cause) + " (" + operation.request() + spent + ")";
    String message = message(operation, reason);
    IOException failure = isDenied ? new AccessDeniedException(message) : new IOException(message);
    failure.initCause(cause);
    return failure;
  }

  /** An error that no answer tells of. */
  static IOException of(Operation operation, String reason) {
    return new IOException(message(operation, reason));
  }

  private static String message(Operation operation, String reason) {
    return "Cannot "
        + operation.action()
        + " '"
        + operation.path()
        + "' in "
        + operation.location().url()
        + ": "
        + reason;
  }

  private static String reason(AwsServiceException answered, String operation, String spent) {
    String code = code(answered).orElse("without a code");
    return meaning(answered, operation)
        + " ("
        + operation
        + " answered "
        + answered.statusCode()
        + " "
        + code
        + ", request "
        + answered.requestId()
        + spent
        + ")";
  }

  private static String meaning(AwsServiceException answered, String operation) {
    if (isNoSuchBucket(answered)) {
      return "there is no such bucket";
    }
    if (isForbidden(answered)) {
      return operation.startsWith("Get") || operation.startsWith("Head")
          ? "access denied, which is also the answer for an absent object where listing is denied"
          : "access denied";
    }
    return Optional.ofNullable(answered.awsErrorDetails())
        .map(AwsErrorDetails::errorMessage)
        .orElse("the server gave no reason");
  }

  private static String reason(SdkException failed) {
    String message = String.valueOf(failed.getMessage());
    if (message.startsWith("Unable to load credentials")) {
      return "no credentials were found; a public bucket is read without them when"
          + " FIRN_S3_ANONYMOUS names it";
    }
    if (failed instanceof ApiCallAttemptTimeoutException) {
      return "there was no complete answer before the deadline";
    }
    Throwable root = failed;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root == failed ? message : message + ": " + root;
  }

  private static boolean isAccessDenied(SdkException cause) {
    return cause instanceof AwsServiceException answered
        && code(answered).equals(Optional.of("AccessDenied"));
  }

  private static boolean isForbidden(SdkException cause) {
    return cause instanceof AwsServiceException answered && answered.statusCode() == 403;
  }

  /** Whether there is no such object; a {@code HEAD} cannot tell that from no such bucket. */
  static boolean isAbsent(AwsServiceException answered) {
    return answered.statusCode() == 404 && !isNoSuchBucket(answered);
  }

  /** Whether a range begins after the end of the object. */
  static boolean isBeyondEnd(AwsServiceException answered) {
    return answered.statusCode() == 416;
  }

  /** Whether a put's condition did not hold. */
  static boolean isConditionNotMet(AwsServiceException answered) {
    return answered.statusCode() == 412 || isAbsent(answered);
  }

  private static boolean isNoSuchBucket(AwsServiceException answered) {
    return code(answered).equals(Optional.of("NoSuchBucket"));
  }

  private static Optional<String> code(AwsServiceException answered) {
    return Optional.ofNullable(answered.awsErrorDetails()).map(AwsErrorDetails::errorCode);
  }
}
