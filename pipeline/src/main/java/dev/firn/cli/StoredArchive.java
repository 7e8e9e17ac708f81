package dev.firn.cli;

import dev.firn.io.icechunk.Repository;
import dev.firn.io.icechunk.Version;
import dev.firn.io.object.ObjectPath;
import dev.firn.io.object.ObjectStore;
import dev.firn.io.object.ObjectStores;
import dev.firn.io.zarr.ZarrGroup;
import java.io.IOException;
import java.util.Optional;

/**
 * A store that a command reads.
 *
 * @param store what it is read from
 * @param group its root group: of an Icechunk repository what {@code main} is at
 */
record StoredArchive(ObjectStore store, ZarrGroup group) implements AutoCloseable {

  /** Opens the store that a user named. */
  static StoredArchive open(String urlOrPath) throws IOException {
    ObjectStore store = ObjectStores.open(LocalUrl.of(urlOrPath));
    Optional<ZarrGroup> zarr = ZarrGroup.open(store, ObjectPath.ROOT);
    Optional<ZarrGroup> group = zarr.isPresent() ? zarr : published(Repository.open(store));
    return new StoredArchive(
        store,
        group.orElseThrow(
            () ->
                new IOException(
                    "Cannot read "
                        + store.url()
                        + ": there is no Zarr v3 group, nor an Icechunk"
                        + " repository with one")));
  }

  private static Optional<ZarrGroup> published(Optional<Repository> repository) throws IOException {
    return repository.isPresent()
        ? repository.get().readOnly(Version.branch("main")).group()
        : Optional.empty();
  }

  @Override
  public void close() throws IOException {
    store.close();
  }
}
