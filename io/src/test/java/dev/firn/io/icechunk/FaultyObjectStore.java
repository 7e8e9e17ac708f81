package dev.firn.io.icechunk;

import dev.firn.io.object.ByteRange;
import dev.firn.io.object.DelegatingStore;
import dev.firn.io.object.ObjectPath;
import dev.firn.io.object.ObjectStat;
import dev.firn.io.object.ObjectStore;
import dev.firn.io.object.PutCondition;
import dev.firn.io.object.StoredObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** A store that does one of its operations badly. Not for several threads. */
final class FaultyObjectStore extends DelegatingStore {
  /** How an operation fails. */
  enum Fault {
    /** It is not done. */
    BEFORE,
    /** It is done, but the reply is lost. */
    AFTER,
    /** It is done, and then done again by a layer below, whose reply is the second one's. */
    REPEATED,
    /** Nothing comes back, and it is done right before the next operation. */
    LATE,
    /** As above, before the second operation that follows. */
    LATER,
    /** As above, before the fourth operation that follows. */
    LATEST,
    /** It takes so long that something else happens first. */
    OVERTAKEN
  }

  private final Fault fault;
  private final Operation<?> meanwhile;
  private final Operation<?> watcher;
  private int untilFault;
  private int untilLate;
  private Operation<?> late = () -> Optional.empty();
  private boolean failed;

  /** Something that is done with a store. */
  interface Operation<T> {
    T run() throws IOException;
  }

  /**
   * Fails at operation number {@code at}, counted from 1; never when there are fewer.
   *
   * @param meanwhile what overtakes it
   * @param watcher what is done between any two operations
   */
  FaultyObjectStore(
      ObjectStore store, Fault fault, int at, Operation<?> meanwhile, Operation<?> watcher) {
    super(store);
    this.fault = fault;
    this.untilFault = at;
    this.meanwhile = meanwhile;
    this.watcher = watcher;
  }

  /** As above; nothing happens besides. */
  FaultyObjectStore(ObjectStore store, Fault fault, int at) {
    this(store, fault, at, () -> Optional.empty(), () -> Optional.empty());
  }

  /** Whether the bad operation came. */
  boolean failed() {
    return failed;
  }

  private <T> T run(Operation<T> operation) throws IOException {
    if (--untilLate == 0) {
      late.run();
    }
    watcher.run();
    T reply = --untilFault == 0 ? fail(operation) : operation.run();
    watcher.run();
    return reply;
  }

  private <T> T fail(Operation<T> operation) throws IOException {
    failed = true;
    switch (fault) {
      case BEFORE -> throw new IOException("the request was lost");
      case AFTER -> throw new IOException("the reply " + operation.run() + " was lost");
      case REPEATED -> operation.run();
      case LATE -> giveUp(operation, 1);
      case LATER -> giveUp(operation, 2);
      case LATEST -> giveUp(operation, 4);
      case OVERTAKEN -> meanwhile.run();
    }
    return operation.run();
  }

  private void giveUp(Operation<?> operation, int operations) throws IOException {
    late = operation;
    untilLate = operations;
    throw new IOException("no reply came");
  }

  @Override
  public Optional<StoredObject> get(ObjectPath path) throws IOException {
    return run(() -> super.get(path));
  }

  @Override
  public Optional<byte[]> getRange(ObjectPath path, ByteRange range) throws IOException {
    return run(() -> super.getRange(path, range));
  }

  @Override
  public Optional<ObjectStat> stat(ObjectPath path) throws IOException {
    return run(() -> super.stat(path));
  }

  @Override
  public ObjectStat put(ObjectPath path, List<ByteBuffer> parts) throws IOException {
    return run(() -> super.put(path, parts));
  }

  @Override
  public Optional<ObjectStat> putIf(ObjectPath path, byte[] bytes, PutCondition condition)
      throws IOException {
    return run(() -> super.putIf(path, bytes, condition));
  }

  @Override
  public List<ObjectStat> list(ObjectPath prefix) throws IOException {
    return run(() -> super.list(prefix));
  }

  @Override
  public void delete(ObjectPath path) throws IOException {
    run(
        () -> {
          super.delete(path);
          return path;
        });
  }
}
