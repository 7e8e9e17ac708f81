package dev.firn.update;

import dev.firn.io.icechunk.Repository;
import dev.firn.io.icechunk.Version;
import dev.firn.io.object.ObjectPath;
import dev.firn.io.object.ObjectStat;
import dev.firn.io.object.ObjectStore;
import dev.firn.io.zarr.ZarrGroup;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What readers see of a store: of an Icechunk repository what is in {@code main}.
 *
 * @param store where the Zarr keys are
 * @param root below which path
 */
record Shown(ObjectStore store, ObjectPath root) {

  /** The store called {@code name} below the URL {@code base}; empty without a repository. */
  static Optional<Shown> of(Function<String, ObjectStore> opener, String base, String name)
      throws IOException {
    if (!name.endsWith(".icechunk")) {
      return Optional.of(new Shown(opener.apply(base), new ObjectPath(name)));
    }
    Optional<Repository> repository = Repository.open(opener.apply(base + "/" + name));
    return repository.isPresent()
        ? Optional.of(
            new Shown(repository.get().readOnly(Version.branch("main")).store(), ObjectPath.ROOT))
        : Optional.empty();
  }

  /** Hashes of all objects by Zarr key, whatever ledger the root names. */
  Map<String, String> content() throws IOException {
    Map<String, String> content = new TreeMap<>();
    int start = root.value().isEmpty() ? 0 : root.value().length() + 1;
    for (ObjectStat stat : store.list(root)) {
      byte[] bytes = store.get(stat.path()).orElseThrow().bytes();
      String key = stat.path().value().substring(start);
      content.put(
          key, Sha256.hex(key.equals("zarr.json") ? RootDocument.withoutLedger(bytes) : bytes));
    }
    return content;
  }

  ZarrGroup group() throws IOException {
    return ZarrGroup.open(store, root).orElseThrow();
  }
}
