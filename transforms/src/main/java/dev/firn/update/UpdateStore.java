package dev.firn.update;

import dev.firn.io.object.ObjectStore;
import dev.firn.io.object.ObjectStores;
import java.io.IOException;
import java.time.Clock;

/**
 * Everything an update keeps at its primary store: the archive, the journal, the lease. Opening it
 * does no I/O.
 *
 * @param archive the store that readers see
 * @param journal the update's memory
 * @param lease who is at work
 */
record UpdateStore(ArchiveStore archive, Journal journal, Lease lease) implements AutoCloseable {

  static UpdateStore open(UpdateId id, Clock clock) {
    StoreLocation location = StoreLocation.parse(id.store());
    ObjectStore parent = ObjectStores.open(location.parentUrl());
    return new UpdateStore(
        new ZarrArchive(parent, location),
        new Journal(parent, location, id.job()),
        new Lease(parent, location, id.job(), clock));
  }

  @Override
  public void close() throws IOException {
    archive.close();
  }
}
