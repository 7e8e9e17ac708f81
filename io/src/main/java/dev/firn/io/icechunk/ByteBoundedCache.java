package dev.firn.io.icechunk;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

/** Immutable things by their ids; the least recently used go when they are too many bytes. */
final class ByteBoundedCache<K, V> {
  private final long limitBytes;
  private final ToLongFunction<V> sizeBytes;
  private final Map<K, V> entries = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  ByteBoundedCache(long limitBytes, ToLongFunction<V> sizeBytes) {
    this.limitBytes = limitBytes;
    this.sizeBytes = sizeBytes;
  }

  synchronized Optional<V> get(K key) {
    return Optional.ofNullable(entries.get(key));
  }

  /** Keeps {@code value}, if it is not too large by itself. */
  synchronized void put(K key, V value) {
    long size = sizeBytes.applyAsLong(value);
    if (size > limitBytes || entries.putIfAbsent(key, value) != null) {
      return;
    }
    bytes += size;
    Iterator<V> oldest = entries.values().iterator();
    while (bytes > limitBytes) {
      bytes -= sizeBytes.applyAsLong(oldest.next());
      oldest.remove();
    }
  }
}
