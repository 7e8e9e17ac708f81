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
 * Whether this host has the time of the stores that replicas are in, by a small object that is put
 * and deleted again. The {@link Lease} tells of what is beside the primary.
 */
final class StoreClocks {
  private StoreClocks() {}

  /**
   * Compares the clocks.
   *
   * @param urls of the stores of an update, the primary's first
   * @throws ClockDriftException if one differs by more than 60 s
   */
  static void require(List<String> urls, Function<String, ObjectStore> opener, Clock clock)
      throws IOException {
    Set<String> parents = new LinkedHashSet<>();
    urls.forEach(url -> parents.add(StoreLocation.parse(url).parentUrl()));
    parents.remove(StoreLocation.parse(urls.get(0)).parentUrl());
    for (String parent : parents) {
      try (ObjectStore store = opener.apply(parent)) {
        ObjectPath path = new ObjectPath("_internal/.clock-" + UUID.randomUUID());
        ClockDrift.put(clock, store, path, "what time is it".getBytes(StandardCharsets.US_ASCII));
        store.delete(path);
      }
    }
  }
}
