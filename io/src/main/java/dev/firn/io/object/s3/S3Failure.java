package dev.firn.io.object.s3;

import dev.firn.io.object.ObjectPath;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** What an answer of S3 that is an error means, and how it reads. */
final class S3Failure {
  private S3Failure() {}

  /**
   * The error as users see it: what failed, where, why, and what a server's operators ask for.
   *
   * <p>Access that is denied is an {@link AccessDeniedException}; credentials that are invalid or
   * have expired are not.
   *
   * @param action the verb, as in "read"
   * @param operation the request's name in S3
   */
  static IOException of(
      String action, String operation, S3Location location, ObjectPath path, SdkException cause) {
    String reason =
        cause instanceof AwsServiceException answered
            ? reason(answered, operation)
            : reason(cause) + " (" + operation + ")";
    String message = "Cannot " + action + " '" + path + "' in " + location.url() + ": " + reason;
    IOException failure =
        isAccessDenied(cause) ? new AccessDeniedException(message) : new IOException(message);
    failure.initCause(cause);
    return failure;
  }

  private static String reason(AwsServiceException answered, String operation) {
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
        + ")";
  }

  private static String meaning(AwsServiceException answered, String operation) {
    if (isNoSuchBucket(answered)) {
      return "there is no such bucket";
    }
    if (answered.statusCode() == 403) {
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

  /**
   * Whether the server asks for the same request once more: another write of the object is under
   * way, there are too many requests, the body came too slowly, or clocks differ (the SDK learns by
   * how much from the answer).
   */
  static boolean isTryAgain(AwsServiceException answered) {
    return answered.statusCode() == 409
        || answered.statusCode() == 429
        || answered.isThrottlingException()
        || answered.isClockSkewException()
        || code(answered).equals(Optional.of("RequestTimeout"));
  }

  private static boolean isNoSuchBucket(AwsServiceException answered) {
    return code(answered).equals(Optional.of("NoSuchBucket"));
  }

  private static Optional<String> code(AwsServiceException answered) {
    return Optional.ofNullable(answered.awsErrorDetails()).map(AwsErrorDetails::errorCode);
  }
}
