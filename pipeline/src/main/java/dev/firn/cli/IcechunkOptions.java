package dev.firn.cli;

import dev.firn.dataset.ConfigurationException;
import dev.firn.io.icechunk.Repository;
import dev.firn.io.icechunk.Version;
import dev.firn.io.icechunk.format.SnapshotId;
import dev.firn.io.object.ObjectStore;
import dev.firn.io.object.ObjectStores;
import java.io.IOException;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What all of {@code firn icechunk} are given. */
final class IcechunkOptions {
  @Parameters(index = "0", paramLabel = "REPO", description = "The repository's URL or path.")
  private String url;

  @Option(names = "--json", description = "Prints JSON.")
  boolean json;

  /** The store; the caller closes it. */
  ObjectStore store() {
    return ObjectStores.open(LocalUrl.of(url));
  }

  static Repository repository(ObjectStore store) throws IOException {
    return Repository.open(store).orElseThrow(() -> noRepository(store));
  }

  /** As above, but reads nothing that may be damaged. */
  static void requireRepository(ObjectStore store) throws IOException {
    if (!Repository.exists(store)) {
      throw noRepository(store);
    }
  }

  private static IOException noRepository(ObjectStore store) {
    return new IOException("Cannot read " + store.url() + ": there is no Icechunk repository");
  }

  /** The snapshot that a user names by a branch, a tag, or its id, whichever there is first. */
  static SnapshotId snapshot(Repository repository, String name) throws IOException {
    SnapshotId branch = repository.branches().get(name);
    SnapshotId tag = repository.tags().get(name);
    if (branch != null || tag != null) {
      return branch != null ? branch : tag;
    }
    try {
      return lookup(repository, Version.snapshot(SnapshotId.parse(name)));
    } catch (IllegalArgumentException noId) {
      throw new ConfigurationException(
          "There is no branch, tag or snapshot '" + name + "' in " + url(repository), noId);
    }
  }

  /** The snapshot that a version names. */
  static SnapshotId lookup(Repository repository, Version version) throws IOException {
    try {
      return repository.lookup(version);
    } catch (IllegalArgumentException none) {
      throw new ConfigurationException(none.getMessage() + " in " + url(repository), none);
    }
  }

  private static String url(Repository repository) {
    return repository.files().store().url();
  }
}
