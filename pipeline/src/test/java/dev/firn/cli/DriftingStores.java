package dev.firn.cli;

import dev.firn.io.icechunk.DatedStore;
import dev.firn.io.object.ObjectStore;
import dev.firn.io.object.StoreDecorator;
import java.util.concurrent.atomic.AtomicLong;

/** Stores whose clock is ahead of the host's, where a test says so. */
public final class DriftingStores implements StoreDecorator {
  static final AtomicLong SECONDS_AHEAD = new AtomicLong();

  @Override
  public ObjectStore decorate(ObjectStore store) {
    return new DatedStore(store, time -> time.plusSeconds(SECONDS_AHEAD.get()));
  }
}
