package dev.firn.io.icechunk;

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
import java.util.concurrent.atomic.AtomicInteger;

/** A store that does one of its operations badly. */
final class FaultyObjectStore implements ObjectStore {
  /** How an operation fails. */
  enum Fault {
    /** It is not done. */
    BEFORE,
    /** It is done, but the reply is lost. */
    AFTER,
    /** It is done, and then done again by a layer below, whose reply is the second one's. */
    REPEATED
  }

  private final ObjectStore store;
  private final Fault fault;
  private final AtomicInteger untilFault;
  private boolean failed;

  /** Fails at operation number {@code at}, counted from 1; never when there are fewer. */
  FaultyObjectStore(ObjectStore store, Fault fault, int at) {
    this.store = store;
    this.fault = fault;
    this.untilFault = new AtomicInteger(at);
  }

  /** Whether the bad operation came. */
  boolean failed() {
    return failed;
  }

  private interface Operation<T> {
    T run() throws IOException;
  }

  private <T> T run(Operation<T> operation) throws IOException {
    if (untilFault.decrementAndGet() != 0) {
      return operation.run();
    }
    failed = true;
    if (fault == Fault.BEFORE) {
      throw new IOException("the request was lost");
    }
    T reply = operation.run();
    if (fault == Fault.AFTER) {
      throw new IOException("the reply " + reply + " was lost");
    }
    return operation.run();
  }

  @Override
  public String url() {
    return store.url();
  }

  @Override
  public Optional<StoredObject> get(ObjectPath path) throws IOException {
    return run(() -> store.get(path));
  }

  @Override
  public Optional<byte[]> getRange(ObjectPath path, ByteRange range) throws IOException {
    return run(() -> store.getRange(path, range));
  }

  @Override
  public Optional<ObjectStat> stat(ObjectPath path) throws IOException {
    return run(() -> store.stat(path));
  }

  @Override
  public ObjectStat put(ObjectPath path, List<ByteBuffer> parts) throws IOException {
    return run(() -> store.put(path, parts));
  }

  @Override
  public Optional<ObjectStat> putIf(ObjectPath path, byte[] bytes, PutCondition condition)
      throws IOException {
    return run(() -> store.putIf(path, bytes, condition));
  }

  @Override
  public List<ObjectStat> list(ObjectPath prefix) throws IOException {
    return run(() -> store.list(prefix));
  }

  @Override
  public void delete(ObjectPath path) throws IOException {
    run(
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
