package dev.firn.io.object.s3;

import java.time.Duration;

/**
 * How long requests may take, whatever the network or the server does. An attempt that is not
 * through by then is given up, its connection closed, and the next begun while the operation has
 * time. Each MiB that is sent or received gives both a second more.
 *
 * @param attempt for one request and its answer, body included
 * @param operation for all attempts of an operation, with the pauses between them and the wait for
 *     a place among those that run
 */
public record Deadlines(Duration attempt, Duration operation) {
  /** What holds unless the process is told otherwise. */
  public static final Deadlines USUAL =
      new Deadlines(Duration.ofSeconds(20), Duration.ofMinutes(3));

  private static final long BYTES_PER_SECOND = 1 << 20;

  /** Checks that there is time for an attempt. */
  public Deadlines {
    if (attempt.isNegative() || attempt.isZero() || operation.compareTo(attempt) < 0) {
      throw new IllegalArgumentException(
          "Invalid deadlines: "
              + attempt
              + " for an attempt, "
              + operation
              + " for an operation; expected more than nothing, and no less for the operation");
    }
  }

  /** The deadlines of an operation that sends or receives so many bytes. */
  Deadlines with(long bytes) {
    Duration more = Duration.ofSeconds(bytes / BYTES_PER_SECOND);
    return new Deadlines(attempt.plus(more), operation.plus(more));
  }
}
