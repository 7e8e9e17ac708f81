package dev.firn.io.icechunk.format;

import java.time.Instant;
import java.util.Optional;

/**
 * An entry of the operations log.
 *
 * @param type what was done
 * @param at when, in microseconds
 * @param backupPath the name, below {@code overwritten/}, of the repo info file as it was before
 *     the operation after this one
 */
public record Update(UpdateType type, Instant at, Optional<String> backupPath) {
  /** Cuts the time to what the format keeps. */
  public Update {
    at = Timestamps.check(at);
  }
}
