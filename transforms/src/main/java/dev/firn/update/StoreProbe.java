package dev.firn.update;

import dev.firn.io.object.ETag;
import dev.firn.io.object.ObjectPath;
import dev.firn.io.object.ObjectStat;
import dev.firn.io.object.ObjectStore;
import dev.firn.io.object.PutCondition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;

/**
 * Tries out what the protocol stands on, with an object of its own: a read after a put sees it, a
 * listing holds it, and a conditional put is made only if its condition holds. There are servers
 * that ignore conditions, on which two updates would undo each other's publications.
 */
final class StoreProbe {
  private final ObjectStore store;
  private final ObjectPath path;

  /** A probe of {@code store} below {@code directory}. */
  StoreProbe(ObjectStore store, ObjectPath directory) {
    this.store = store;
    this.path = directory.resolve("probe-" + UUID.randomUUID());
  }

  /** What the store does not keep to; empty if it does all. */
  Optional<String> refusal() throws IOException {
    try {
      return missing().map(what -> "Cannot use " + store.url() + ": " + what);
    } finally {
      store.delete(path);
    }
  }

  private Optional<String> missing() throws IOException {
    byte[] bytes = path.name().getBytes(StandardCharsets.UTF_8);
    Optional<ObjectStat> first = store.putIf(path, bytes, PutCondition.absent());
    if (first.isEmpty()) {
      return Optional.of("a put on condition that there is no object fails where there is none");
    }
    byte[] other = "other".getBytes(StandardCharsets.UTF_8);
    if (store.putIf(path, other, PutCondition.absent()).isPresent()
        || store.putIf(path, other, PutCondition.matches(new ETag("\"none\""))).isPresent()) {
      return Optional.of("it makes conditional puts whose condition does not hold");
    }
    if (store.get(path).filter(found -> Arrays.equals(found.bytes(), bytes)).isEmpty()) {
      return Optional.of("a read does not see what was put before");
    }
    if (store.list(path).isEmpty()) {
      return Optional.of("a listing does not hold what was put before");
    }
    return Optional.empty();
  }
}
