package dev.firn.io.icechunk;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How often a lost race for the repo info file is run again, and how long to wait before: the first
 * times not at all, as the reference implementation does; then a random part of a time that doubles
 * with every try.
 *
 * @param tries the most tries, at least 1
 * @param first the longest wait before the second try
 * @param longest the longest wait before any
 * @param pause waits
 */
public record Retries(int tries, Duration first, Duration longest, Pause pause) {
  private static final int AT_ONCE = 5;

  /** As the reference implementation: 100 tries, 50 ms doubled up to 30 s. */
  public static final Retries DEFAULT =
      new Retries(100, Duration.ofMillis(50), Duration.ofSeconds(30), Retries::sleep);

  /** Waits; tests pass one that does not. */
  @FunctionalInterface
  public interface Pause {
    /** Returns after {@code duration}. */
    void of(Duration duration) throws IOException;
  }

  /** Checks the number of tries. */
  public Retries {
    if (tries < 1) {
      throw new IllegalArgumentException("Invalid number of tries " + tries);
    }
  }

  private static void sleep(Duration duration) throws IOException {
    try {
      Thread.sleep(duration.toMillis());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Interrupted while waiting to try again");
    }
  }

  /** Waits after the {@code lost}-th try, counted from 1, in which another writer was faster. */
  void awaitAfterRace(int lost, RandomGenerator random) throws IOException {
    if (lost > AT_ONCE) {
      await(lost - AT_ONCE, random);
    }
  }

  /** Waits after the {@code failed}-th try, counted from 1. */
  void await(int failed, RandomGenerator random) throws IOException {
    long limit =
        Math.min(longest.toNanos(), first.toNanos() << Math.min(failed - 1, Long.SIZE / 4));
    pause.of(Duration.ofNanos(limit > 0 ? random.nextLong(limit) : 0));
  }
}
