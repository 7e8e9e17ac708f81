package dev.firn.update;

import dev.firn.io.Origin;
import dev.firn.io.icechunk.Repository;
import dev.firn.io.icechunk.format.Node;
import dev.firn.io.icechunk.format.NodePath;
import dev.firn.io.icechunk.format.SnapshotId;
import dev.firn.io.icechunk.maintenance.Garbage;
import dev.firn.io.object.ObjectStat;
import dev.firn.io.object.ObjectStore;
import dev.firn.io.object.ObjectStores;
import dev.firn.io.zarr.ZarrJson;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;

/**
 * The objects of a ledger that no published state names. They are deleted when they are older than
 * a limit: what an update under way has written, and will name, is younger.
 */
public final class LedgerGarbage {
  /** How long a Zarr store, which forgets its past states, keeps their ledgers for readers. */
  private static final Duration KEPT_BY_ZARR = Duration.ofHours(12);

  private static final int THREADS = 8;

  private final LedgerFiles files;
  private final Instant olderThan;

  LedgerGarbage(LedgerFiles files, Instant olderThan) {
    this.files = files;
    this.olderThan = olderThan;
  }

  /**
   * Deletes what no snapshot of a repository names that is kept.
   *
   * @param kept the snapshots that a garbage collection leaves, of all branches, tags and sessions
   * @param olderThan by the store's dates
   * @param dryRun whether objects are only counted
   */
  public static Garbage.Count ofRepository(
      Repository repository, Set<SnapshotId> kept, Instant olderThan, boolean dryRun)
      throws IOException {
    return ofRepository(repository, kept, olderThan, dryRun, ObjectStores::open);
  }

  static Garbage.Count ofRepository(
      Repository repository,
      Set<SnapshotId> kept,
      Instant olderThan,
      boolean dryRun,
      Function<String, ObjectStore> opener)
      throws IOException {
    StoreLocation location = StoreLocation.parse(repository.files().store().url());
    if (StoreFormat.of(location.name()).isEmpty()) {
      return new Garbage.Count(0, 0); // not an archive of Firn's
    }
    try (LedgerFiles files = LedgerFiles.open(location, opener)) {
      LedgerGarbage garbage = new LedgerGarbage(files, olderThan);
      return garbage.delete(() -> indexes(repository, kept), dryRun);
    }
  }

  private static Set<String> indexes(Repository repository, Set<SnapshotId> kept)
      throws IOException {
    Set<String> indexes = new HashSet<>();
    ofEach(kept, id -> index(repository, id)).forEach(index -> index.ifPresent(indexes::add));
    return indexes;
  }

  private static Optional<String> index(Repository repository, SnapshotId id) throws IOException {
    return repository.files().snapshot(id).node(NodePath.ROOT).flatMap(root -> index(root, id));
  }

  private static Optional<String> index(Node root, SnapshotId snapshot) {
    return Optional.ofNullable(
        ZarrJson.parse(root.userData().toArray(), Origin.of("snapshot " + snapshot))
            .path("attributes")
            .path(Ledgers.ATTRIBUTE)
            .textValue());
  }

  /**
   * Deletes what a Zarr store's root does not name, when it has shown a publication, the first of a
   * day: a listing is too much for each.
   */
  static void afterPublication(LedgerFiles files, LedgerChange change, Instant now)
      throws IOException {
    if (change.isFirstOfDay()) {
      new LedgerGarbage(files, now.minus(KEPT_BY_ZARR))
          .delete(() -> Set.of(change.index().orElseThrow()), false);
    }
  }

  /** Finds the indexes that published states name. */
  interface Published {
    Collection<String> indexes() throws IOException;
  }

  /** Nothing is looked for where nothing is old. */
  Garbage.Count delete(Published published, boolean dryRun) throws IOException {
    List<ObjectStat> old =
        files.list().stream().filter(stat -> stat.lastModified().isBefore(olderThan)).toList();
    if (old.isEmpty()) {
      return new Garbage.Count(0, 0);
    }
    Set<String> named = named(published.indexes());
    List<ObjectStat> garbage =
        old.stream().filter(stat -> !named.contains(LedgerFiles.name(stat.path()))).toList();
    if (!dryRun) {
      files.deleteAll(garbage.stream().map(ObjectStat::path).toList());
    }
    return new Garbage.Count(
        garbage.size(), garbage.stream().mapToLong(ObjectStat::sizeBytes).sum());
  }

  private Set<String> named(Collection<String> indexes) throws IOException {
    Set<String> named = new HashSet<>(indexes);
    Set<String> chapters = new HashSet<>();
    ofEach(indexes, this::objects).forEach(chapters::addAll);
    named.addAll(chapters);
    ofEach(chapters, this::objects).forEach(named::addAll);
    return named;
  }

  private List<String> objects(String contents) throws IOException {
    return LedgerContents.parse(files.read(contents), files.origin(contents))
        .entries()
        .values()
        .stream()
        .map(LedgerContents.Entry::object)
        .toList();
  }

  /** Reads something of each. */
  private interface Reading<T, R> {
    R of(T each) throws IOException;
  }

  private static <T, R> List<R> ofEach(Collection<T> all, Reading<T, R> reading)
      throws IOException {
    ExecutorService threads = Tasks.threads(THREADS, "ledger");
    try {
      List<Callable<R>> reads = new ArrayList<>();
      all.forEach(each -> reads.add(() -> reading.of(each)));
      return Tasks.runAll(threads, reads);
    } finally {
      threads.shutdownNow();
    }
  }
}
