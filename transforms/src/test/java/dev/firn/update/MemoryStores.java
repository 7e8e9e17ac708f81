package dev.firn.update;

import dev.firn.io.icechunk.Repository;
import dev.firn.io.object.MemoryObjectStore;
import dev.firn.io.object.ObjectPath;
import dev.firn.io.object.ObjectStat;
import dev.firn.io.object.ObjectStore;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Stores in memory, one for each URL that is opened. */
final class MemoryStores implements Function<String, ObjectStore> {
  static final String BASE = "memory:/base";

  private final Map<String, MemoryObjectStore> stores = new ConcurrentHashMap<>();

  @Override
  public ObjectStore apply(String url) {
    return stores.computeIfAbsent(url, opened -> new MemoryObjectStore());
  }

  /** Others with the same content. */
  MemoryStores copy() throws IOException {
    MemoryStores copy = new MemoryStores();
    for (Map.Entry<String, MemoryObjectStore> store : stores.entrySet()) {
      for (ObjectStat stat : store.getValue().list(ObjectPath.ROOT)) {
        byte[] bytes = store.getValue().get(stat.path()).orElseThrow().bytes();
        copy.apply(store.getKey()).put(stat.path(), bytes);
      }
    }
    return copy;
  }

  /** The Icechunk repository called {@code name}, if it is there. */
  Optional<Repository> repository(String name) throws IOException {
    return Repository.open(apply(BASE + "/" + name));
  }

  /** Hashes of what readers see in the store called {@code name}, by Zarr key. */
  Map<String, String> content(String name) throws IOException {
    Optional<Shown> shown = Shown.of(this, BASE, name);
    return shown.isPresent() ? shown.get().content() : Map.of();
  }
}
