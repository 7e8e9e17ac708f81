package dev.firn.io.icechunk.maintenance;

import dev.firn.io.icechunk.format.ObjectId;
import dev.firn.io.icechunk.maintenance.Garbage.Count;
import dev.firn.io.object.ObjectPath;
import dev.firn.io.object.ObjectStat;
import dev.firn.io.object.ObjectStore;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Deletes the objects of a folder that are older than a limit and not kept.
 *
 * @param store the repository's store
 * @param limit objects that the store dates at this time or later stay
 * @param dryRun whether objects are only counted
 */
record Sweep(ObjectStore store, Instant limit, boolean dryRun) {
  private static final int BATCH = 1000;

  /** What is in a folder: which ids names stand for, and which of them stay. */
  record Folder<T extends ObjectId>(ObjectPath path, Function<String, T> parse, Predicate<T> kept) {

    /** Whether an object is one of this folder's kind and may go. Foreign objects never may. */
    boolean mayGo(ObjectPath object) {
      return id(object, path, parse).filter(kept.negate()).isPresent();
    }
  }

  /** The id that an object of a folder is named after; empty of a foreign object. */
  static <T extends ObjectId> Optional<T> id(
      ObjectPath object, ObjectPath folder, Function<String, T> parse) {
    try {
      T id = parse.apply(object.name());
      return Optional.of(id).filter(named -> object.equals(folder.resolve(named.text())));
    } catch (IllegalArgumentException foreign) {
      return Optional.empty();
    }
  }

  /** Deletes, and says what. */
  Count of(Folder<?> folder, Workers workers, Progress progress) throws IOException {
    List<ObjectStat> garbage =
        store.list(folder.path()).stream()
            .filter(stat -> stat.lastModified().isBefore(limit) && folder.mayGo(stat.path()))
            .toList();
    if (!dryRun) {
      AtomicLong deleted = new AtomicLong();
      workers.forEach(
          batches(garbage),
          batch -> {
            store.deleteAll(batch);
            long done = deleted.addAndGet(batch.size());
            progress.at("delete " + folder.path(), done, garbage.size());
          });
    }
    return new Count(garbage.size(), garbage.stream().mapToLong(ObjectStat::sizeBytes).sum());
  }

  private static List<List<ObjectPath>> batches(List<ObjectStat> garbage) {
    List<List<ObjectPath>> batches = new ArrayList<>();
    for (int from = 0; from < garbage.size(); from += BATCH) {
      int to = Math.min(garbage.size(), from + BATCH);
      batches.add(garbage.subList(from, to).stream().map(ObjectStat::path).toList());
    }
    return batches;
  }
}
