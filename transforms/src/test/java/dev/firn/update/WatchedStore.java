package dev.firn.update;

import dev.firn.io.object.ByteRange;
import dev.firn.io.object.ObjectPath;
import dev.firn.io.object.ObjectStat;
import dev.firn.io.object.ObjectStore;
import dev.firn.io.object.PutCondition;
import dev.firn.io.object.StoredObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** A store each of whose operations goes through a {@link Watch}. */
final class WatchedStore implements ObjectStore {

  /** What an operation does. */
  enum Verb {
    GET,
    STAT,
    LIST,
    PUT,
    DELETE;

    boolean isChange() {
      return this == PUT || this == DELETE;
    }
  }

  /** An operation on the store. */
  interface Operation<T> {
    T run() throws IOException;
  }

  /** Decides what becomes of an operation on the object, or the prefix, at {@code url}. */
  interface Watch {
    <T> T operate(Verb verb, String url, Operation<T> operation) throws IOException;
  }

  private final ObjectStore store;
  private final String url;
  private final Watch watch;

  /** The store whose root is at {@code url}, closed with it. */
  WatchedStore(ObjectStore store, String url, Watch watch) {
    this.store = store;
    this.url = url;
    this.watch = watch;
  }

  private <T> T operate(Verb verb, ObjectPath path, Operation<T> operation) throws IOException {
    return watch.operate(verb, url + "/" + path, operation);
  }

  @Override
  public String url() {
    return store.url();
  }

  @Override
  public Optional<StoredObject> get(ObjectPath path) throws IOException {
    return operate(Verb.GET, path, () -> store.get(path));
  }

  @Override
  public Optional<byte[]> getRange(ObjectPath path, ByteRange range) throws IOException {
    return operate(Verb.GET, path, () -> store.getRange(path, range));
  }

  @Override
  public Optional<ObjectStat> stat(ObjectPath path) throws IOException {
    return operate(Verb.STAT, path, () -> store.stat(path));
  }

  @Override
  public ObjectStat put(ObjectPath path, List<ByteBuffer> parts) throws IOException {
    return operate(Verb.PUT, path, () -> store.put(path, parts));
  }

  @Override
  public Optional<ObjectStat> putIf(ObjectPath path, byte[] bytes, PutCondition condition)
      throws IOException {
    return operate(Verb.PUT, path, () -> store.putIf(path, bytes, condition));
  }

  @Override
  public List<ObjectStat> list(ObjectPath prefix) throws IOException {
    return operate(Verb.LIST, prefix, () -> store.list(prefix));
  }

  @Override
  public void delete(ObjectPath path) throws IOException {
    operate(
        Verb.DELETE,
        path,
        () -> {
          store.delete(path);
          return path;
        });
  }

  @Override
  public void close() throws IOException {
    store.close();
  }
}
