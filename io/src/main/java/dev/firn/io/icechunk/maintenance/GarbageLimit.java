package dev.firn.io.icechunk.maintenance;

import java.time.Instant;

/**
 * How old garbage must be.
 *
 * @param time a time in the past by {@link StoreClock}: what the store dates at it or later stays
 * @param sessionsOpen whether sessions that began since may be open: then what left the history
 *     since the limit stays too, since they may read it
 */
public record GarbageLimit(Instant time, boolean sessionsOpen) {
  /** A limit before the oldest open session began. */
  public static GarbageLimit beforeOpenSessions(Instant time) {
    return new GarbageLimit(time, true);
  }

  /** A limit for a time when nobody reads what left the history: what is younger stays. */
  public static GarbageLimit whileNobodyReads(Instant time) {
    return new GarbageLimit(time, false);
  }
}
