package dev.firn.io.icechunk;

import dev.firn.io.object.ObjectPath;
import dev.firn.io.object.ObjectStore;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Whether the host's clock is that of the store, as far as a put tells: snapshots and updates bear
 * the host's time, the ages of objects are the store's, and expiry and garbage collection compare
 * the two.
 */
final class ClockDrift {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private ClockDrift() {}

  /**
   * Puts an object that nobody else knows of. When the store dates it more than 60 s before or
   * after it is put, deletes it again and throws.
   */
  static void put(Clock clock, ObjectStore store, ObjectPath path, byte[] bytes)
      throws IOException {
    Instant begun = clock.instant();
    Instant dated = store.put(path, bytes).lastModified();
    Instant ended = clock.instant();
    if (dated.isBefore(begun.minus(LIMIT)) || dated.isAfter(ended.plus(LIMIT))) {
      store.delete(path);
      throw new IllegalStateException(
          "Cannot write to %s: this host's clock is at %s, the store's at %s; they may differ by %d s"
              .formatted(store.url(), ended, dated, LIMIT.toSeconds()));
    }
  }
}
