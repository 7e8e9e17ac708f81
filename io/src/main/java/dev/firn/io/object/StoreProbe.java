package dev.firn.io.object;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds out whether a store keeps what {@link ObjectStore} promises of reads after writes and of
 * conditional puts, with ten requests for one small object, which is deleted again. That checks and
 * writes are one step it cannot find out.
 */
final class StoreProbe {
  private static final ObjectPath DIRECTORY = new ObjectPath("_internal");
  private static final Set<String> PASSED = ConcurrentHashMap.newKeySet();
  private static final String CURE =
      "Use a server that keeps the order of reads and writes, and one that nothing caches";
  private static final String CONDITIONS_CURE =
      "Two updates at once could both believe that they have won, and one overwrite the other. Use"
          + " a server that honours conditional puts; or, if never more than one process writes"
          + " there at a time, say so: FIRN_S3_SINGLE_WRITER names such buckets";

  private final ObjectStore store;
  private final boolean singleWriter;
  private final ObjectPath path = DIRECTORY.resolve(".probe-" + UUID.randomUUID());

  private StoreProbe(ObjectStore store, boolean singleWriter) {
    this.store = store;
    this.singleWriter = singleWriter;
  }

  /**
   * Probes a store, unless this process has done so before.
   *
   * @param singleWriter whether the user says that there is one, and so conditions do not matter
   * @throws UnfitStoreException if the store does not keep its promises
   */
  static void require(ObjectStore store, boolean singleWriter) throws IOException {
    String key = store.url() + (singleWriter ? " with a single writer" : "");
    if (!PASSED.contains(key)) {
      new StoreProbe(store, singleWriter).run();
      PASSED.add(key);
    }
  }

  private void run() throws IOException {
    requireRead(Optional.empty());
    try {
      ETag created = create();
      ETag replaced = replace(created);
      if (store.list(path).stream().noneMatch(stat -> stat.etag().equals(replaced))) {
        throw unfit("does not list an object after it was written", CURE);
      }
    } finally {
      store.delete(path);
    }
  }

  private ETag create() throws IOException {
    Optional<ObjectStat> created = store.putIf(path, bytes("created"), PutCondition.absent());
    requireRead(Optional.of("created"));
    if (!singleWriter
        && (created.isEmpty()
            || store.putIf(path, bytes("again"), PutCondition.absent()).isPresent())) {
      throw unfit(
          "does not honour 'If-None-Match: *', the condition that there is no such object yet",
          CONDITIONS_CURE);
    }
    return tag(created);
  }

  private ETag replace(ETag created) throws IOException {
    PutCondition unchanged = PutCondition.matches(created);
    Optional<ObjectStat> replaced = store.putIf(path, bytes("replaced"), unchanged);
    requireRead(Optional.of("replaced"));
    if (!singleWriter
        && (replaced.isEmpty() || store.putIf(path, bytes("again"), unchanged).isPresent())) {
      throw unfit(
          "does not honour 'If-Match', the condition that an object is still what was read",
          CONDITIONS_CURE);
    }
    return tag(replaced);
  }

  private ETag tag(Optional<ObjectStat> put) throws IOException {
    return put.map(ObjectStat::etag)
        .orElseThrow(() -> unfit("does not show an object after it was written", CURE));
  }

  private void requireRead(Optional<String> text) throws IOException {
    Optional<byte[]> found = store.get(path).map(StoredObject::bytes);
    boolean same =
        found.isPresent() == text.isPresent()
            && (text.isEmpty() || Arrays.equals(found.get(), bytes(text.get())));
    if (!same) {
      throw unfit("does not show an object as it was last written", CURE);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private UnfitStoreException unfit(String does, String cure) {
    return new UnfitStoreException(store.url(), does, cure);
  }
}
