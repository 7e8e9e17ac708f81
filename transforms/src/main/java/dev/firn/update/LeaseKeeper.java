package dev.firn.update;

import dev.firn.io.object.ClockDriftException;
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
  private final AtomicReference<Failure> failure = new AtomicReference<>(() -> {});

  /** Throws why the lease is not this job's; does nothing while it is. */
  private interface Failure {
    void check() throws IOException;
  }

  LeaseKeeper(Lease lease) {
    this.lease = lease;
    if (lease != Lease.NONE) {
      renewAgainAndAgain();
    }
  }

  private void renewAgainAndAgain() {
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
    failure.set(renewed());
  }

  private Failure renewed() {
    try {
      Optional<Lease.Holder> other = lease.acquire();
      return () -> {
        if (other.isPresent()) {
          throw new LeaseLostException(other.get());
        }
      };
    } catch (IOException failed) {
      return () -> {
        throw new IOException("Cannot renew the lease: " + failed.getMessage(), failed);
      };
    } catch (ClockDriftException drift) {
      return () -> {
        throw drift;
      };
    }
  }

  /**
   * Fails if the lease is not this job's.
   *
   * @throws LeaseLostException if another job has it
   */
  void check() throws IOException {
    failure.get().check();
  }

  @Override
  public void close() {
    timer.cancel();
  }
}
