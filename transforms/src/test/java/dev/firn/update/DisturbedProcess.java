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
 * Opens stores for a process that something happens to at one of its operations, which it does one
 * after the other whatever its threads.
 */
final class DisturbedProcess implements Function<String, ObjectStore> {

  /** What happens. */
  enum Disturbance {
    /** The process dies before the operation: neither that nor a later one reaches a store. */
    DEATH,
    /** The operation is done, its answer is lost, and the process goes on as it then does. */
    LOST_ANSWER
  }

  private final Function<String, ObjectStore> stores;
  private final int undisturbed;
  private final Disturbance disturbance;
  private final List<String> changes = new ArrayList<>();
  private int operations;

  /** A process on {@code stores} that is disturbed after so many operations. */
  DisturbedProcess(Function<String, ObjectStore> stores, int undisturbed, Disturbance disturbance) {
    this.stores = stores;
    this.undisturbed = undisturbed;
    this.disturbance = disturbance;
  }

  /** A process to which nothing happens. */
  static DisturbedProcess undisturbed(Function<String, ObjectStore> stores) {
    return new DisturbedProcess(stores, Integer.MAX_VALUE, Disturbance.DEATH);
  }

  /** The death of a process; no code catches that. */
  static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  /** The URLs of the objects that it changed, in order. */
  synchronized List<String> changes() {
    return List.copyOf(changes);
  }

  /** Whether it came to the operation that was to be disturbed. */
  synchronized boolean wasDisturbed() {
    return operations > undisturbed;
  }

  @Override
  public ObjectStore apply(String url) {
    return new Watched(stores.apply(url), url);
  }

  private interface Operation<T> {
    T run() throws IOException;
  }

  private synchronized <T> T operate(Operation<T> operation) throws IOException {
    if (operations >= undisturbed && disturbance == Disturbance.DEATH) {
      operations++;
      throw new Killed();
    }
    T answer = operation.run();
    if (operations++ == undisturbed) {
      throw new IOException("the answer was lost");
    }
    return answer;
  }

  private final class Watched implements ObjectStore {
    private final ObjectStore store;
    private final String url;

    Watched(ObjectStore store, String url) {
      this.store = store;
      this.url = url;
    }

    private <T> T change(ObjectPath path, Operation<T> operation) throws IOException {
      return operate(
          () -> {
            changes.add(url + "/" + path);
            return operation.run();
          });
    }

    @Override
    public String url() {
      return store.url();
    }

    @Override
    public Optional<StoredObject> get(ObjectPath path) throws IOException {
      return operate(() -> store.get(path));
    }

    @Override
    public Optional<byte[]> getRange(ObjectPath path, ByteRange range) throws IOException {
      return operate(() -> store.getRange(path, range));
    }

    @Override
    public Optional<ObjectStat> stat(ObjectPath path) throws IOException {
      return operate(() -> store.stat(path));
    }

    @Override
    public ObjectStat put(ObjectPath path, List<ByteBuffer> parts) throws IOException {
      return change(path, () -> store.put(path, parts));
    }

    @Override
    public Optional<ObjectStat> putIf(ObjectPath path, byte[] bytes, PutCondition condition)
        throws IOException {
      return change(path, () -> store.putIf(path, bytes, condition));
    }

    @Override
    public List<ObjectStat> list(ObjectPath prefix) throws IOException {
      return operate(() -> store.list(prefix));
    }

    @Override
    public void delete(ObjectPath path) throws IOException {
      change(
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
}
