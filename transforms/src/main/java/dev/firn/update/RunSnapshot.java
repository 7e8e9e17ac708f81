package dev.firn.update;

import dev.firn.io.icechunk.Repository;
import dev.firn.io.icechunk.Version;
import dev.firn.io.icechunk.format.SnapshotInfo;
import dev.firn.io.object.ObjectStore;
import dev.firn.io.object.ObjectStores;
import java.io.IOException;
import java.util.Optional;

/** The snapshot by which a run showed readers what it wrote. */
public final class RunSnapshot {
  private static final String MAIN = "main";

  private RunSnapshot() {}

  /**
   * Finds it in what readers of a store see; empty in stores without snapshots, and where the run
   * has published nothing.
   */
  public static Optional<String> of(String storeUrl, String runId) throws IOException {
    if (StoreFormat.of(StoreLocation.parse(storeUrl).name())
        .equals(Optional.of(StoreFormat.ZARR))) {
      return Optional.empty();
    }
    try (ObjectStore store = ObjectStores.open(storeUrl)) {
      Optional<Repository> repository = Repository.open(store);
      if (repository.isEmpty()) {
        return Optional.empty();
      }
      return repository.get().ancestry(Version.branch(MAIN)).stream()
          .filter(commit -> JobBranch.isOf(runId, commit))
          .map(SnapshotInfo::id)
          .map(Object::toString)
          .findFirst();
    }
  }
}
