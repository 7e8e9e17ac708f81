package dev.firn.cli;

import dev.firn.io.icechunk.DatedStore;
import dev.firn.io.object.ObjectStore;
import dev.firn.io.object.StoreDecorator;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Stores whose clock is ahead of the host's, where a test says so: here, or in a process of its own
 * by the environment's {@code FIRN_SECONDS_AHEAD}.
 */
public final class DriftingStores implements StoreDecorator {
  static final AtomicLong SECONDS_AHEAD =
      new AtomicLong(Long.parseLong(System.getenv().getOrDefault("FIRN_SECONDS_AHEAD", "0")));

  /** What the URLs of such stores have in them. */
  static final AtomicReference<String> WHERE = new AtomicReference<>("");

  @Override
  public ObjectStore decorate(ObjectStore store) {
    return new DatedStore(
        store,
        time -> store.url().contains(WHERE.get()) ? time.plusSeconds(SECONDS_AHEAD.get()) : time);
  }
}
