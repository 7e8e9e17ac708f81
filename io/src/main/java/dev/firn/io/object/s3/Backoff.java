package dev.firn.io.object.s3;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Pauses between the attempts of an operation: any length up to a limit that doubles, so that those
 * who failed together do not come back together.
 *
 * @param first the limit of the first pause
 * @param longest the limit of all
 */
record Backoff(Duration first, Duration longest) {
  private static final int MOST_DOUBLINGS = 30;

  /** After an error. */
  static final Backoff AFTER_ERROR = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(10));

  /** After the server asked for fewer requests. */
  static final Backoff AFTER_THROTTLING =
      new Backoff(Duration.ofMillis(400), Duration.ofSeconds(20));

  /** The longest pause that may follow attempt {@code number}, counted from 1. */
  Duration limit(int number) {
    long doubled = first.toMillis() << Math.min(number - 1, MOST_DOUBLINGS);
    return Duration.ofMillis(Math.min(doubled, longest.toMillis()));
  }

  /** A pause to follow attempt {@code number}. */
  Duration pause(int number, RandomGenerator random) {
    return Duration.ofMillis(random.nextLong(limit(number).toMillis() + 1));
  }
}
