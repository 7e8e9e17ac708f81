package dev.firn.update;

import dev.firn.io.object.ClockDriftException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Keeps two different updates of one archive apart while they would rewrite shards that readers
 * see. Attempts at one job share it, and it ends with the job's outcome. It is a courtesy among
 * well-behaved updates; what makes publication safe is the condition on the root.
 */
interface Lease {
  Duration LENGTH = Duration.ofMinutes(2);

  /** That of updates which may run side by side. */
  Lease NONE =
      new Lease() {
        @Override
        public Optional<Holder> acquire() {
          return Optional.empty();
        }

        @Override
        public void release() {}
      };

  /** Who has it, and until when. */
  record Holder(String job, Instant until) {
    /** What others are told. */
    String isAtWork() {
      return "job %1$s is at work on this store; if it has died, --job %1$s takes it up at once, and other work can begin at %2$s"
          .formatted(job, until);
    }
  }

  /**
   * Whether updates of the stores at {@code urls} need one: if any keeps shards under the keys that
   * readers know.
   */
  static boolean isNeeded(List<String> urls) {
    return urls.stream().anyMatch(url -> StoreFormat.of(url).equals(Optional.of(StoreFormat.ZARR)));
  }

  /**
   * Takes or renews the lease; if another job has it, says who.
   *
   * @throws ClockDriftException if the store has another time than this host, whose lease would
   *     keep others away for too long or for too short a time
   */
  Optional<Holder> acquire() throws IOException;

  /** Gives the lease back, if this job still has it. */
  void release() throws IOException;
}
