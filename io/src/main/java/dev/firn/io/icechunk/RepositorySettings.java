package dev.firn.io.icechunk;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/**
 * What a repository takes from its surroundings.
 *
 * @param clock gives the times of commits and updates
 * @param random makes ids; used by many threads
 * @param retries how lost races are run again
 * @param executor writes the manifests of a commit; the caller's to shut down
 * @param virtualStores the places outside of the repository that may be read
 */
public record RepositorySettings(
    Clock clock,
    RandomGenerator random,
    Retries retries,
    Executor executor,
    VirtualStores virtualStores) {
  /** The system's clock and randomness, one manifest after the other, no virtual chunks. */
  public static final RepositorySettings DEFAULT =
      new RepositorySettings(
          Clock.systemUTC(),
          new SecureRandom(),
          Retries.DEFAULT,
          Runnable::run,
          VirtualStores.NONE);

  /** The same with another executor. */
  public RepositorySettings withExecutor(Executor newExecutor) {
    return new RepositorySettings(clock, random, retries, newExecutor, virtualStores);
  }

  /** The same with another clock. */
  public RepositorySettings withClock(Clock newClock) {
    return new RepositorySettings(newClock, random, retries, executor, virtualStores);
  }

  /** The same with other retries. */
  public RepositorySettings withRetries(Retries newRetries) {
    return new RepositorySettings(clock, random, newRetries, executor, virtualStores);
  }

  /** The same with other places to read virtual chunks from. */
  public RepositorySettings withVirtualStores(VirtualStores newStores) {
    return new RepositorySettings(clock, random, retries, executor, newStores);
  }

  /** The time, or the first one after {@code previous} when the clock is not past it. */
  Instant after(Instant previous) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    Instant least = previous.plus(1, ChronoUnit.MICROS);
    return now.isBefore(least) ? least : now;
  }
}
