package dev.firn.update;

import dev.firn.io.object.ClockDrift;
import dev.firn.io.object.ClockDriftException;
import dev.firn.io.object.ObjectPath;
import dev.firn.io.object.ObjectStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/**
 * Whether this host has the time of the stores, by a small object that is put and deleted again.
 * Where a {@link Lease} is taken, that tells of what is beside the primary. Live updates, whose
 * latency counts, find out from what they commit.
 */
final class StoreClocks {
  private StoreClocks() {}

  /**
   * Compares the clocks.
   *
   * @throws ClockDriftException if one differs by more than 60 s
   */
  static void require(UpdateRequest update, Function<String, ObjectStore> opener, Clock clock)
      throws IOException {
    List<String> urls = update.stores();
    Set<String> parents = new LinkedHashSet<>();
    urls.forEach(url -> parents.add(StoreLocation.parse(url).parentUrl()));
    if (Lease.isNeeded(urls)) {
      parents.remove(StoreLocation.parse(urls.get(0)).parentUrl());
    } else if (update.kind() == UpdateRequest.Kind.LIVE) {
      return;
    }
    for (String parent : parents) {
      try (ObjectStore store = opener.apply(parent)) {
        ObjectPath path = new ObjectPath("_internal/.clock-" + UUID.randomUUID());
        ClockDrift.put(clock, store, path, "what time is it".getBytes(StandardCharsets.US_ASCII));
        store.delete(path);
      }
    }
  }
}
