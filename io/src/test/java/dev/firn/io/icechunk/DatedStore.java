package dev.firn.io.icechunk;

import dev.firn.io.object.DelegatingStore;
import dev.firn.io.object.ObjectPath;
import dev.firn.io.object.ObjectStat;
import dev.firn.io.object.ObjectStore;
import dev.firn.io.object.PutCondition;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Dates objects by a clock of its own. */
public final class DatedStore extends DelegatingStore {
  private final UnaryOperator<Instant> clock;

  /**
   * As {@code store}, with other times.
   *
   * @param clock its time when the host's is its argument
   */
  public DatedStore(ObjectStore store, UnaryOperator<Instant> clock) {
    super(store);
    this.clock = clock;
  }

  private ObjectStat dated(ObjectStat stat) {
    return new ObjectStat(
        stat.path(), stat.sizeBytes(), stat.etag(), clock.apply(stat.lastModified()));
  }

  @Override
  public Optional<ObjectStat> stat(ObjectPath path) throws IOException {
    return super.stat(path).map(this::dated);
  }

  @Override
  public ObjectStat put(ObjectPath path, List<ByteBuffer> parts) throws IOException {
    return dated(super.put(path, parts));
  }

  @Override
  public Optional<ObjectStat> putIf(ObjectPath path, byte[] bytes, PutCondition condition)
      throws IOException {
    return super.putIf(path, bytes, condition).map(this::dated);
  }

  @Override
  public List<ObjectStat> list(ObjectPath prefix) throws IOException {
    return super.list(prefix).stream().map(this::dated).toList();
  }
}
