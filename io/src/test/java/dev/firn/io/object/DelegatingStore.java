package dev.firn.io.object;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** A store that does everything as another one: subclasses change what they want. */
public class DelegatingStore implements ObjectStore {
  private final ObjectStore store;

  /** As {@code store}, which is closed with it. */
  protected DelegatingStore(ObjectStore store) {
    this.store = store;
  }

  @Override
  public String url() {
    return store.url();
  }

  @Override
  public Optional<StoredObject> get(ObjectPath path) throws IOException {
    return store.get(path);
  }

  @Override
  public Optional<byte[]> getRange(ObjectPath path, ByteRange range) throws IOException {
    return store.getRange(path, range);
  }

  @Override
  public Optional<ObjectStat> stat(ObjectPath path) throws IOException {
    return store.stat(path);
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
