package dev.firn.io.icechunk.maintenance;

import dev.firn.io.icechunk.RepositoryFiles;
import dev.firn.io.object.ObjectPath;
import dev.firn.io.object.ObjectStat;
import dev.firn.io.object.ObjectStore;
import java.io.IOException;
import java.time.Instant;
import java.util.UUID;

/**
 * The clock that dates a store's objects. Ages of objects are differences to it: the clock of the
 * host that asks may be wrong.
 */
public final class StoreClock {
  private static final byte[] PROBE = {0};

  private StoreClock() {}

  /** The time, found out by putting a small object beside the copies of the repo info file. */
  public static Instant now(ObjectStore store) throws IOException {
    ObjectPath probe = RepositoryFiles.OVERWRITTEN.resolve("clock." + UUID.randomUUID());
    ObjectStat put = store.put(probe, PROBE);
    try {
      return store.stat(probe).orElse(put).lastModified();
    } finally {
      store.delete(probe);
    }
  }
}
