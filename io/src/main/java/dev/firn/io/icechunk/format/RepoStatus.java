package dev.firn.io.icechunk.format;

import java.time.Instant;
import java.util.Optional;

/**
 * Whether a repository may be used.
 *
 * @param availability what may be done
 * @param setAt since when, in microseconds
 * @param reason why it is limited
 */
public record RepoStatus(Availability availability, Instant setAt, Optional<String> reason) {
  /** Cuts the time to what the format keeps. */
  public RepoStatus {
    setAt = Timestamps.check(setAt);
  }

  /** What may be done with a repository; the order is the format's. */
  public enum Availability {
    /** Read and write. */
    ONLINE,
    /** Read. */
    READ_ONLY,
    /** Nothing. */
    OFFLINE
  }
}
