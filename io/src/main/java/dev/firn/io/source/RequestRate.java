package dev.firn.io.source;

import java.time.Duration;

/**
 * A token bucket: requests begin at an even pace, after a first burst of at most a tenth of a
 * minute's.
 */
final class RequestRate {
  private final long intervalNanos;
  private final long burstNanos;
  private long next = Long.MIN_VALUE;

  RequestRate(int perMinute) {
    intervalNanos = Duration.ofMinutes(1).toNanos() / perMinute;
    burstNanos = intervalNanos * Math.max(0, perMinute / 10 - 1);
  }

  /** Takes the next turn: how long from {@code now} the request must wait. */
  synchronized Duration take(long now) {
    long turn = next == Long.MIN_VALUE ? now - burstNanos : Math.max(next, now - burstNanos);
    next = turn + intervalNanos;
    return Duration.ofNanos(Math.max(0, turn - now));
  }
}
