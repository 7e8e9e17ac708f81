package dev.firn.update;

import dev.firn.io.object.ByteRange;
import dev.firn.io.object.ObjectPath;
import dev.firn.io.object.ObjectStat;
import dev.firn.io.object.ObjectStore;
import dev.firn.io.object.PutCondition;
import dev.firn.io.object.StoredObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Opens stores for a process that dies after it has changed something a given number of times: from
 * then on nothing that it tries reaches a store.
 */
final class DyingProcess implements Function<String, ObjectStore> {
  private final List<String> changes = new ArrayList<>();
  private final Function<String, ObjectStore> stores;
  private final int lifetime;

  /** A process that works on {@code stores} and lives for {@code lifetime} changes. */
  DyingProcess(Function<String, ObjectStore> stores, int lifetime) {
    this.stores = stores;
    this.lifetime = lifetime;
  }

  /** The end of it; no code catches that. */
  static final class Died extends Error {
    private static final long serialVersionUID = 1L;
  }

  /** What it changed, in order. */
  List<String> changes() {
    return changes;
  }

  @Override
  public ObjectStore apply(String url) {
    return new Watched(stores.apply(url));
  }

  private synchronized void live() {
    if (changes.size() >= lifetime) {
      throw new Died();
    }
  }

  private synchronized void change(ObjectPath path) {
    live();
    changes.add(path.value());
  }

  private final class Watched implements ObjectStore {
    private final ObjectStore store;

    Watched(ObjectStore store) {
      this.store = store;
    }

    @Override
    public String url() {
      return store.url();
    }

    @Override
    public Optional<StoredObject> get(ObjectPath path) throws IOException {
      live();
      return store.get(path);
    }

    @Override
    public Optional<byte[]> getRange(ObjectPath path, ByteRange range) throws IOException {
      live();
      return store.getRange(path, range);
    }

    @Override
    public Optional<ObjectStat> stat(ObjectPath path) throws IOException {
      live();
      return store.stat(path);
    }

    @Override
    public ObjectStat put(ObjectPath path, List<ByteBuffer> parts) throws IOException {
      change(path);
      return store.put(path, parts);
    }

    @Override
    public Optional<ObjectStat> putIf(ObjectPath path, byte[] bytes, PutCondition condition)
        throws IOException {
      change(path);
      return store.putIf(path, bytes, condition);
    }

    @Override
    public List<ObjectStat> list(ObjectPath prefix) throws IOException {
      live();
      return store.list(prefix);
    }

    @Override
    public void delete(ObjectPath path) throws IOException {
      change(path);
      store.delete(path);
    }

    @Override
    public void close() throws IOException {
      store.close();
    }
  }
}
