package dev.firn.update;

import dev.firn.io.object.ObjectStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Opens stores for a process that something happens to at one of its operations, which it does one
 * after the other whatever its threads.
 */
final class DisturbedProcess implements Function<String, ObjectStore>, WatchedStore.Watch {

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
    return new WatchedStore(stores.apply(url), url, this);
  }

  @Override
  public synchronized <T> T operate(
      WatchedStore.Verb verb, String url, WatchedStore.Operation<T> operation) throws IOException {
    if (operations >= undisturbed && disturbance == Disturbance.DEATH) {
      operations++;
      throw new Killed();
    }
    if (verb.isChange()) {
      changes.add(url);
    }
    T answer = operation.run();
    if (operations++ == undisturbed) {
      throw new IOException("the answer was lost");
    }
    return answer;
  }
}
