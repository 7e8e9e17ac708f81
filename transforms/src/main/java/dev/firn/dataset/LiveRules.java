package dev.firn.dataset;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * When a stream publishes what has come of a time of the append dimension. What is complete is
 * published at once.
 *
 * @param deadline how long after its time a time is waited for to be complete; then what there is
 *     is published, and whatever comes later as it comes
 * @param earlyLeadTimes publish already when so many more lead times are whole
 * @param earlyAfter publish already when something has been waiting for so long
 */
public record LiveRules(
    Duration deadline, OptionalInt earlyLeadTimes, Optional<Duration> earlyAfter) {
  private static final Duration SHORTEST = Duration.ofHours(1);

  /** Checks that nothing is below one. */
  public LiveRules {
    if (deadline.isNegative()
        || earlyLeadTimes.orElse(1) < 1
        || earlyAfter.map(wait -> wait.isNegative() || wait.isZero()).orElse(false)) {
      throw new IllegalArgumentException(
          "Invalid live rules: deadline %s, early after %s lead times or %s; expected more than 0"
              .formatted(deadline, earlyLeadTimes, earlyAfter));
    }
  }

  /** Whole times alone, until the second one after has begun, but an hour at least. */
  static LiveRules usual(AppendDimension append, UpdateRules updates) {
    Duration twice = append.every().multipliedBy(2).plus(updates.delay());
    return new LiveRules(
        twice.compareTo(SHORTEST) < 0 ? SHORTEST : twice, OptionalInt.empty(), Optional.empty());
  }
}
