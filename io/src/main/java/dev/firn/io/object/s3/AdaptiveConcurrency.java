package dev.firn.io.object.s3;

import java.time.Duration;
import java.util.Optional;

/**
 * How many requests to a bucket run at once. The limit is halved when the server asks for fewer,
 * and grows by one for each round of requests that it takes.
 *
 * <p>Answers to requests that began before the limit was last halved do not halve it again: they
 * tell of the same jam.
 */
final class AdaptiveConcurrency {
  private final int most;
  private double limit;
  private int running;
  private int halvings;

  /** Begins with {@code most} requests at once, which are never exceeded. */
  AdaptiveConcurrency(int most) {
    this.most = most;
    this.limit = most;
  }

  /** A place among the requests that run. */
  final class Place implements AutoCloseable {
    private final int halvingsBefore = halvings;

    private Place() {}

    /** The server answered. */
    void served() {
      synchronized (AdaptiveConcurrency.this) {
        limit = Math.min(most, limit + 1 / limit);
      }
    }

    /** The server asked for fewer requests. */
    void throttled() {
      synchronized (AdaptiveConcurrency.this) {
        if (halvings == halvingsBefore) {
          limit = Math.max(1, limit / 2);
          halvings++;
        }
      }
    }

    /** Makes room for another. */
    @Override
    public void close() {
      synchronized (AdaptiveConcurrency.this) {
        running--;
        AdaptiveConcurrency.this.notifyAll();
      }
    }
  }

  /** Waits for a place; empty when there is none after {@code longest}. */
  synchronized Optional<Place> take(Duration longest) throws InterruptedException {
    long end = System.nanoTime() + longest.toNanos();
    while (running >= limit()) {
      long millis = Duration.ofNanos(end - System.nanoTime()).toMillis();
      if (millis <= 0) {
        return Optional.empty();
      }
      wait(millis);
    }
    running++;
    return Optional.of(new Place());
  }

  /** How many requests may run at once now. */
  synchronized int limit() {
    return (int) limit;
  }
}
