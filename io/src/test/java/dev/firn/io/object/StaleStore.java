package dev.firn.io.object;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A store behind a cache that keeps the first answer of every read. */
final class StaleStore extends DelegatingStore {
  private final Map<ObjectPath, Optional<StoredObject>> cache = new ConcurrentHashMap<>();

  StaleStore(ObjectStore store) {
    super(store);
  }

  @Override
  public String url() {
    return "stale:";
  }

  @Override
  public Optional<StoredObject> get(ObjectPath path) throws IOException {
    if (!cache.containsKey(path)) {
      cache.put(path, super.get(path));
    }
    return cache.get(path);
  }

  @Override
  public Optional<ObjectStat> stat(ObjectPath path) throws IOException {
    return get(path).map(StoredObject::stat);
  }
}
