package dev.firn.io.source;

import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Lets requests to one host begin within its limit. */
final class HostGate {
  private final Semaphore places;
  private final Optional<RequestRate> rate;

  HostGate(HostLimits.Limit limit) {
    places = new Semaphore(limit.concurrent(), true);
    rate =
        limit.perMinute().isPresent()
            ? Optional.of(new RequestRate(limit.perMinute().getAsInt()))
            : Optional.empty();
  }

  /** Waits for its turn; whoever gets it calls {@link #leave}. */
  void enter() throws InterruptedIOException {
    try {
      places.acquire();
    } catch (InterruptedException interrupted) {
      throw interrupted();
    }
    try {
      Duration pause = rate.map(limit -> limit.take(System.nanoTime())).orElse(Duration.ZERO);
      TimeUnit.NANOSECONDS.sleep(pause.toNanos());
    } catch (InterruptedException interrupted) {
      places.release();
      throw interrupted();
    }
  }

  void leave() {
    places.release();
  }

  private static InterruptedIOException interrupted() {
    Thread.currentThread().interrupt();
    return new InterruptedIOException("interrupted while waiting for a host's turn");
  }
}
