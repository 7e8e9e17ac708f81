package dev.firn.io.object;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A store behind a cache that keeps the first answer of every read. */
final class StaleStore implements ObjectStore {
  private final ObjectStore store;
  private final Map<ObjectPath, Optional<StoredObject>> cache = new ConcurrentHashMap<>();

  StaleStore(ObjectStore store) {
    this.store = store;
  }

  @Override
  public String url() {
    return "stale:";
  }

  @Override
  public Optional<StoredObject> get(ObjectPath path) throws IOException {
    if (!cache.containsKey(path)) {
      cache.put(path, store.get(path));
    }
    return cache.get(path);
  }

  @Override
  public Optional<byte[]> getRange(ObjectPath path, ByteRange range) throws IOException {
    return store.getRange(path, range);
  }

  @Override
  public Optional<ObjectStat> stat(ObjectPath path) throws IOException {
    return get(path).map(StoredObject::stat);
  }

  @Override
  public ObjectStat put(ObjectPath path, List<ByteBuffer> parts) throws IOException {
    return store.put(path, parts);
  }

  @Override
  public Optional<ObjectStat> putIf(ObjectPath path, byte[] bytes, PutCondition condition)
      throws IOException {
    return store.putIf(path, bytes, condition);
  }

  @Override
  public List<ObjectStat> list(ObjectPath prefix) throws IOException {
    return store.list(prefix);
  }

  @Override
  public void delete(ObjectPath path) throws IOException {
    store.delete(path);
  }

  @Override
  public void close() throws IOException {
    store.close();
  }
}
