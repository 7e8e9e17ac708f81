package dev.firn.io.object.s3;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * One operation: attempts at it until one succeeds, none can, or its deadline is over. The SDK
 * makes each request once.
 */
final class Attempts {
  /** Of one operation. */
  static final int MOST = 8;

  private final S3Connection connection;
  private final Supplier<Operation> operation;
  private final long begun = System.nanoTime();
  private Deadlines deadlines;
  private int made;

  Attempts(S3Connection connection, Operation operation) {
    this(connection, () -> operation);
  }

  /** Attempts at something that errors name as {@code operation} is when they occur. */
  Attempts(S3Connection connection, Supplier<Operation> operation) {
    this.connection = connection;
    this.operation = operation;
    this.deadlines = connection.deadlines();
  }

  /** One request. */
  interface Attempt<T> {
    /**
     * Makes the request.
     *
     * @param deadline to be given to it as its configuration
     */
    T make(S3Client client, Deadline deadline);
  }

  /** Gives the attempts that follow the time that so many bytes take. */
  Attempts expect(long bytes) {
    deadlines = connection.deadlines().with(bytes);
    return this;
  }

  /** The answer to the first attempt that succeeds. */
  <T> T run(Attempt<T> attempt) throws IOException {
    while (true) {
      AdaptiveConcurrency.Place place = place();
      made++;
      try (place) { // which makes room before the pause
        T answer = attempt.make(connection.client(), this::limit);
        place.served();
        return answer;
      } catch (SdkException failed) {
        S3Failure.Verdict verdict = S3Failure.verdict(failed);
        if (verdict == S3Failure.Verdict.THROTTLED) {
          place.throttled();
        }
        if (verdict == S3Failure.Verdict.FINAL || made == MOST) {
          throw failure(failed);
        }
        pause(verdict, failed);
      }
    }
  }

  private void limit(AwsRequestOverrideConfiguration.Builder request) {
    Duration left = left();
    Duration usual = deadlines.attempt();
    request.apiCallAttemptTimeout(left.compareTo(usual) < 0 ? left : usual);
  }

  private Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  private Duration left() {
    Duration left = deadlines.operation().minus(elapsed());
    return left.isNegative() || left.isZero() ? Duration.ofMillis(1) : left;
  }

  private AdaptiveConcurrency.Place place() throws IOException {
    try {
      return connection
          .concurrency()
          .take(left())
          .orElseThrow(() -> failure("it waited too long for its turn among others"));
    } catch (InterruptedException interrupted) {
      throw interrupted(failure("interrupted while it waited for its turn").getMessage());
    }
  }

  private IOException failure(String reason) {
    return S3Failure.of(operation.get(), reason + spent());
  }

  private void pause(S3Failure.Verdict verdict, SdkException failed) throws IOException {
    Backoff backoff =
        verdict == S3Failure.Verdict.THROTTLED ? Backoff.AFTER_THROTTLING : Backoff.AFTER_ERROR;
    Duration pause = backoff.pause(made, ThreadLocalRandom.current());
    if (left().compareTo(pause) <= 0) {
      throw failure(failed);
    }
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException interrupted) {
      throw interrupted(failure(failed).getMessage());
    }
  }

  private InterruptedIOException interrupted(String message) {
    Thread.currentThread().interrupt();
    return new InterruptedIOException(message);
  }

  private IOException failure(SdkException failed) {
    String spent = made == 1 ? "" : spent();
    return connection.anonymous()
        ? S3Failure.ofNobody(operation.get(), failed, spent)
        : S3Failure.of(operation.get(), failed, spent);
  }

  private String spent() {
    double seconds = elapsed().toMillis() / 1000.0;
    return String.format(
        Locale.ROOT, "; %d attempt%s in %.1f s", made, made == 1 ? "" : "s", seconds);
  }
}
