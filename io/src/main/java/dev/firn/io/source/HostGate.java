package dev.firn.io.source;

import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Lets requests of this process to one host begin within its limit, whoever makes them. */
final class HostGate {
  private static final Map<Host, HostGate> OF_PROCESS = new ConcurrentHashMap<>();

  private final Semaphore places;
  private final Optional<RequestRate> rate;

  private record Host(String authority, HostLimits.Limit limit) {}

  /** The gate that all share who keep to {@code limit}. */
  static HostGate of(String authority, HostLimits.Limit limit) {
    return OF_PROCESS.computeIfAbsent(new Host(authority, limit), host -> new HostGate(limit));
  }

  private HostGate(HostLimits.Limit limit) {
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
