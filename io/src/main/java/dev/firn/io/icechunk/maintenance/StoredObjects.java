package dev.firn.io.icechunk.maintenance;

import dev.firn.io.Origin;
import dev.firn.io.icechunk.format.IcechunkException;
import dev.firn.io.object.ObjectPath;
import dev.firn.io.object.ObjectStore;
import dev.firn.io.object.StoredObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Reads a repository's files, and collects what is wrong instead of stopping. */
final class StoredObjects {
  private final ObjectStore store;
  private final List<Finding> findings = new ArrayList<>();

  StoredObjects(ObjectStore store) {
    this.store = store;
  }

  /** Reads a file. */
  interface Parser<T> {
    T parse(byte[] file, Origin origin);
  }

  /** A file that {@code referrer} refers to; empty when it is missing or damaged. */
  <T> Optional<T> read(ObjectPath path, Parser<T> parser, String referrer) throws IOException {
    Optional<StoredObject> found = store.get(path);
    if (found.isEmpty()) {
      missing(path, referrer);
      return Optional.empty();
    }
    try {
      return Optional.of(parser.parse(found.get().bytes(), origin(path)));
    } catch (IcechunkException damaged) {
      damaged(path, damaged.detail(), referrer);
      return Optional.empty();
    }
  }

  /** As above, of a file with lists that have a required order. */
  <T> Optional<T> read(
      ObjectPath path, Parser<T> parser, Parser<List<String>> violations, String referrer)
      throws IOException {
    return read(
        path,
        (file, origin) -> {
          T parsed = parser.parse(file, origin);
          violations.parse(file, origin).forEach(violation -> damaged(path, violation, referrer));
          return parsed;
        },
        referrer);
  }

  Origin origin(ObjectPath path) {
    return Origin.of(store.url() + "/" + path);
  }

  void missing(ObjectPath path, String referrer) {
    add(new Finding(Finding.Kind.MISSING, path.value(), "there is no such object", referrer));
  }

  void damaged(ObjectPath path, String detail, String referrer) {
    damaged(path.value(), detail, referrer);
  }

  /** As above, for an object anywhere. */
  void damaged(String object, String detail, String referrer) {
    add(new Finding(Finding.Kind.DAMAGED, object, detail, referrer));
  }

  private synchronized void add(Finding finding) {
    findings.add(finding);
  }

  synchronized List<Finding> findings() {
    return findings.stream()
        .sorted(Comparator.comparing(Finding::object).thenComparing(Finding::detail))
        .toList();
  }
}
