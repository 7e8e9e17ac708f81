package dev.firn.update;

import java.io.IOException;
import java.util.Optional;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Renews a lease while work goes on. Whoever works asks {@link #check} before a step that counts: a
 * lease that was lost, or that could not be renewed the last time, fails it.
 */
final class LeaseKeeper implements AutoCloseable {
  private final Lease lease;
  private final Timer timer = new Timer("lease", true);
  private final AtomicReference<Optional<IOException>> failure =
      new AtomicReference<>(Optional.empty());

  LeaseKeeper(Lease lease) {
    this.lease = lease;
    long millis = Lease.LENGTH.toMillis() / 4;
    timer.schedule(
        new TimerTask() {
          @Override
          public void run() {
            renew();
          }
        },
        millis,
        millis);
  }

  /** Renews the lease now; {@link #check} tells how it went. */
  void renew() {
    try {
      failure.set(lease.acquire().map(LeaseKeeper::lost));
    } catch (IOException failed) {
      failure.set(
          Optional.of(new IOException("Cannot renew the lease: " + failed.getMessage(), failed)));
    }
  }

  private static IOException lost(Lease.Holder other) {
    return new IOException("Job " + other.job() + " has taken the lease, until " + other.until());
  }

  /** Fails if the lease is not this job's. */
  void check() throws IOException {
    Optional<IOException> found = failure.get();
    if (found.isPresent()) {
      throw found.get();
    }
  }

  @Override
  public void close() {
    timer.cancel();
  }
}
