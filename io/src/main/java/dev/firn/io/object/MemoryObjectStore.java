package dev.firn.io.object;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/** An {@link ObjectStore} in the heap, for tests and for assembling small stores. */
public final class MemoryObjectStore implements ObjectStore {
  private final Map<ObjectPath, StoredObject> objects = new ConcurrentSkipListMap<>();
  private final AtomicLong versions = new AtomicLong();

  @Override
  public String url() {
    return "memory:";
  }

  @Override
  public Optional<StoredObject> get(ObjectPath path) {
    return Optional.ofNullable(objects.get(path))
        .map(found -> new StoredObject(found.stat(), found.bytes().clone()));
  }

  @Override
  public Optional<byte[]> getRange(ObjectPath path, ByteRange range) {
    return Optional.ofNullable(objects.get(path)).map(found -> part(found.bytes(), range));
  }

  private static byte[] part(byte[] bytes, ByteRange range) {
    int from = (int) Math.min(range.offset(), bytes.length);
    return Arrays.copyOfRange(bytes, from, (int) Math.min(range.end(), bytes.length));
  }

  @Override
  public Optional<ObjectStat> stat(ObjectPath path) {
    return Optional.ofNullable(objects.get(path)).map(StoredObject::stat);
  }

  @Override
  public ObjectStat put(ObjectPath path, List<ByteBuffer> parts) {
    StoredObject stored = stored(path, concatenated(parts));
    objects.put(path, stored);
    return stored.stat();
  }

  @Override
  public Optional<ObjectStat> putIf(ObjectPath path, byte[] bytes, PutCondition condition) {
    StoredObject wanted = stored(path, bytes.clone());
    StoredObject now =
        objects.compute(
            path,
            (key, found) ->
                condition.holds(Optional.ofNullable(found).map(MemoryObjectStore::etag))
                    ? wanted
                    : found);
    return Optional.of(wanted.stat()).filter(stat -> now != null && stat.equals(now.stat()));
  }

  private static ETag etag(StoredObject object) {
    return object.stat().etag();
  }

  @Override
  public List<ObjectStat> list(ObjectPath prefix) {
    return objects.values().stream()
        .map(StoredObject::stat)
        .filter(stat -> stat.path().startsWith(prefix))
        .toList();
  }

  @Override
  public void delete(ObjectPath path) {
    objects.remove(path);
  }

  @Override
  public void close() {}

  private StoredObject stored(ObjectPath path, byte[] bytes) {
    ETag etag = new ETag("memory-" + versions.incrementAndGet());
    return new StoredObject(new ObjectStat(path, bytes.length, etag, Instant.now()), bytes);
  }

  private static byte[] concatenated(List<ByteBuffer> parts) {
    byte[] bytes = new byte[parts.stream().mapToInt(ByteBuffer::remaining).sum()];
    ByteBuffer target = ByteBuffer.wrap(bytes);
    parts.forEach(part -> target.put(part.duplicate()));
    return bytes;
  }
}
