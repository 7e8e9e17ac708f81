package dev.firn.update;

import java.io.IOException;

/**
 * Another job has taken the lease while this one was at work. What is recorded can go on when that
 * job has ended; to try again before is in vain.
 */
public final class LeaseLostException extends IOException {
  private static final long serialVersionUID = 1L;

  LeaseLostException(Lease.Holder other) {
    super(other.isAtWork());
  }
}
