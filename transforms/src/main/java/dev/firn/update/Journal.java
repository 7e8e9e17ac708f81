package dev.firn.update;

import dev.firn.io.Origin;
import dev.firn.io.object.ObjectPath;
import dev.firn.io.object.ObjectStat;
import dev.firn.io.object.ObjectStore;
import dev.firn.io.object.PutCondition;
import dev.firn.io.object.StoredObject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The durable memory of one update, in {@code _internal/<store>/<job>/} beside its primary store.
 * JSON only.
 *
 * <ul>
 *   <li>{@code ready.json}: the {@link UpdatePlan}, created once; whoever loses the race reads the
 *       winner's
 *   <li>{@code <run id>/results/<job key>.json}: the {@link RegionJobResult} of a finished job
 *   <li>{@code <run id>/prepared.json}: what the run is about to show readers
 *   <li>{@code done.json}: the {@link UpdateOutcome}, written before anything is deleted
 * </ul>
 */
final class Journal {
  private static final Duration OUTCOME_LIFETIME = Duration.ofDays(30);
  private static final String READY = "ready.json";
  private static final String DONE = "done.json";

  private final ObjectStore store;
  private final ObjectPath journals;
  private final ObjectPath directory;

  /** The journal of {@code job}; {@code store} is the parent of the primary store. */
  Journal(ObjectStore store, StoreLocation location, String job) {
    this.store = store;
    this.journals = location.journals();
    this.directory = journals.resolve(job);
  }

  Optional<UpdatePlan> plan() throws IOException {
    return read(READY, UpdatePlan.class);
  }

  /** When the plan was made, in the store's time. */
  Optional<ObjectStat> planStat() throws IOException {
    return store.stat(directory.resolve(READY));
  }

  /** Records {@code plan} unless there is one already; returns the one that counts. */
  UpdatePlan createPlan(UpdatePlan plan) throws IOException {
    ObjectPath path = directory.resolve(READY);
    Optional<ObjectStat> created =
        store.putIf(path, UpdateJson.writePretty(plan), PutCondition.absent());
    if (created.isPresent()) {
      return plan;
    }
    return plan()
        .orElseThrow(
            () ->
                new IOException(
                    "Cannot read " + path + " in " + store.url() + ": it has vanished"));
  }

  Optional<RegionJobResult> result(String runId, RegionJobKey key) throws IOException {
    return read(resultName(runId, key), RegionJobResult.class);
  }

  /** Records a finished job; all that it names must be durable. */
  void putResult(String runId, RegionJobResult result) throws IOException {
    store.put(directory.resolve(resultName(runId, result.key())), UpdateJson.write(result));
  }

  /** How many jobs of a run are recorded as finished. */
  int countResults(String runId) throws IOException {
    return store.list(directory.resolve(runId + "/results")).size();
  }

  private static String resultName(String runId, RegionJobKey key) {
    return runId + "/results/" + key + ".json";
  }

  /**
   * What a run is about to show readers.
   *
   * @param fingerprint as the archive makes it
   * @param extent the length of the append dimension
   */
  record Prepared(String fingerprint, long extent) {}

  Optional<Prepared> prepared(String runId) throws IOException {
    return read(runId + "/prepared.json", Prepared.class);
  }

  void putPrepared(String runId, Prepared prepared) throws IOException {
    store.put(directory.resolve(runId + "/prepared.json"), UpdateJson.write(prepared));
  }

  Optional<UpdateOutcome> outcome() throws IOException {
    return read(DONE, UpdateOutcome.class);
  }

  void putOutcome(UpdateOutcome outcome) throws IOException {
    store.put(directory.resolve(DONE), UpdateJson.writePretty(outcome));
  }

  /** Forgets an outcome that is not final, so that the job can be tried again. */
  void deleteOutcome() throws IOException {
    store.delete(directory.resolve(DONE));
  }

  /** Deletes everything but the outcome, the plan last. */
  void cleanUp() throws IOException {
    ObjectPath ready = directory.resolve(READY);
    ObjectPath done = directory.resolve(DONE);
    for (ObjectStat found : store.list(directory)) {
      if (!found.path().equals(ready) && !found.path().equals(done)) {
        store.delete(found.path());
      }
    }
    store.delete(ready);
  }

  /** Forgets jobs of this store that ended 30 days ago, and so frees their names. */
  void forgetOld(Instant now) throws IOException {
    for (ObjectStat found : store.list(journals)) {
      boolean old = found.lastModified().plus(OUTCOME_LIFETIME).isBefore(now);
      if (old && found.path().name().equals(DONE)) {
        store.delete(found.path());
      }
    }
  }

  private <T> Optional<T> read(String name, Class<T> type) throws IOException {
    ObjectPath path = directory.resolve(name);
    Optional<StoredObject> found = store.get(path);
    return found.map(
        object -> UpdateJson.read(object.bytes(), type, Origin.of(store.url() + "/" + path)));
  }
}
