package dev.firn.io.object;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Whether the host's clock is that of the store, as far as a put tells: what is written bears the
 * host's time, the ages of objects are the store's, and leases, expiry and garbage collection
 * compare the two.
 */
public final class ClockDrift {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private ClockDrift() {}

  /**
   * Looks at what was put between two moments of the host's clock.
   *
   * @throws ClockDriftException if the store dates it more than 60 s before or after them
   */
  public static void require(ObjectStore store, ObjectStat put, Instant begun, Instant ended) {
    Instant dated = put.lastModified();
    if (dated.isBefore(begun.minus(LIMIT)) || dated.isAfter(ended.plus(LIMIT))) {
      throw new ClockDriftException(
          "Cannot write to %s: this host's clock is at %s, the store's at %s; they may differ by %d s"
              .formatted(store.url(), ended, dated, LIMIT.toSeconds()));
    }
  }

  /**
   * Puts an object that nobody else knows of, and deletes it again when the clocks differ.
   *
   * @throws ClockDriftException if the store dates it more than 60 s before or after it is put
   */
  public static void put(Clock clock, ObjectStore store, ObjectPath path, byte[] bytes)
      throws IOException {
    Instant begun = clock.instant();
    ObjectStat stat = store.put(path, bytes);
    try {
      require(store, stat, begun, clock.instant());
    } catch (ClockDriftException drifted) {
      store.delete(path);
      throw drifted;
    }
  }
}
