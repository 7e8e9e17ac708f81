package dev.firn.update;

import dev.firn.io.Origin;
import dev.firn.io.object.ETag;
import dev.firn.io.object.ObjectPath;
import dev.firn.io.object.ObjectStat;
import dev.firn.io.object.ObjectStore;
import dev.firn.io.object.PutCondition;
import dev.firn.io.object.StoredObject;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The durable memory of one update, in {@code _internal/<store>/<job>/} beside its primary store.
 * JSON only.
 *
 * <ul>
 *   <li>{@code ready.json}: the {@link UpdatePlan}, created once; whoever loses the race reads the
 *       winner's. That of another round takes its place on condition that it is still there
 *   <li>{@code <run id>/results/<job key>.json}: the {@link RegionJobResult} of a finished job
 *   <li>{@code <run id>/prepared.json}: what the run is about to show readers, created once; from
 *       then on its results are final
 *   <li>{@code done.json}: the {@link UpdateOutcome}, written before anything is deleted; empty
 *       where the job is tried again
 * </ul>
 */
final class Journal implements AutoCloseable {
  private static final Duration OUTCOME_LIFETIME = Duration.ofDays(30);
  private static final Duration LIVE_OUTCOME_LIFETIME = Duration.ofDays(1);
  private static final String READY = "ready.json";
  private static final String DONE = "done.json";

  private final ObjectStore store;
  private final StoreLocation location;
  private final String job;
  private final ObjectPath directory;

  /** The journal of {@code job}; {@code store} is the parent of the primary store. */
  Journal(ObjectStore store, StoreLocation location, String job) {
    this.store = store;
    this.location = location;
    this.job = job;
    this.directory = location.journals().resolve(job);
  }

  /** The journal of an update. */
  static Journal open(UpdateId id, Function<String, ObjectStore> opener) {
    StoreLocation location = StoreLocation.parse(id.store());
    return new Journal(opener.apply(location.parentUrl()), location, id.job());
  }

  /** Where the outcome of a job is; {@code journals} has those of all jobs of a store. */
  static ObjectPath outcome(ObjectPath journals, String job) {
    return journals.resolve(job).resolve(DONE);
  }

  /** The journals of the other jobs of this store that have a plan; they end with this one. */
  List<Journal> others() throws IOException {
    return store.list(location.journals()).stream()
        .map(ObjectStat::path)
        .filter(path -> path.name().equals(READY))
        .map(this::jobOf)
        .filter(other -> !other.equals(job))
        .map(other -> new Journal(store, location, other))
        .toList();
  }

  /** The job in whose journal an object is. */
  private String jobOf(ObjectPath path) {
    String inJournals = path.value().substring(location.journals().value().length() + 1);
    return inJournals.substring(0, Math.max(0, inJournals.indexOf('/')));
  }

  /** What keeps other jobs away from the stores at {@code urls} where that is needed. */
  Lease lease(List<String> urls, Clock clock) {
    return Lease.isNeeded(urls) ? new StoreLease(store, location, job, clock) : Lease.NONE;
  }

  String job() {
    return job;
  }

  Optional<UpdatePlan> plan() throws IOException {
    return read(READY, UpdatePlan.class);
  }

  /** Records {@code plan} unless there is one already; returns the one that counts. */
  UpdatePlan createPlan(UpdatePlan plan) throws IOException {
    return create(READY, plan, UpdatePlan.class);
  }

  /**
   * Puts the plan of the next round in the place of {@code plan}; returns the one that counts then,
   * which may be another process's. Empty if the update has ended meanwhile.
   */
  Optional<UpdatePlan> replacePlan(UpdatePlan plan, UpdatePlan next) throws IOException {
    ObjectPath path = directory.resolve(READY);
    while (true) {
      Optional<StoredObject> found = store.get(path);
      Optional<UpdatePlan> now =
          found.map(object -> UpdateJson.read(object.bytes(), UpdatePlan.class, origin(path)));
      if (now.isEmpty() || !now.get().runId().equals(plan.runId())) {
        return now;
      }
      PutCondition unchanged = PutCondition.matches(found.get().stat().etag());
      store.putIf(path, UpdateJson.writePretty(next), unchanged); // what is there then, counts
    }
  }

  Optional<RegionJobResult> result(String runId, RegionJobKey key) throws IOException {
    return read(resultName(runId, key), RegionJobResult.class);
  }

  /** Records a finished job; all that it names must be durable. */
  void putResult(String runId, RegionJobResult result) throws IOException {
    store.put(directory.resolve(resultName(runId, result.key())), UpdateJson.write(result));
  }

  /** The jobs of a plan of which there is no result yet, be it of an earlier round. */
  SortedSet<RegionJobKey> unheard(UpdatePlan plan) throws IOException {
    Set<String> found = new HashSet<>();
    for (String run : plan.runs()) {
      for (ObjectStat stat : store.list(directory.resolve(run + "/results"))) {
        found.add(stat.path().name());
      }
    }
    SortedSet<RegionJobKey> unheard = new TreeSet<>(plan.jobs());
    unheard.removeIf(key -> found.contains(key + ".json"));
    return unheard;
  }

  private static String resultName(String runId, RegionJobKey key) {
    return runId + "/results/" + key + ".json";
  }

  /**
   * What a run is about to show readers. Together with the results it says everything.
   *
   * @param extent the length of the append dimension
   */
  record Prepared(long extent) {}

  Optional<Prepared> prepared(String runId) throws IOException {
    return read(runId + "/prepared.json", Prepared.class);
  }

  /** Records what is to be shown unless that is settled already; returns what counts. */
  Prepared createPrepared(String runId, Prepared prepared) throws IOException {
    return create(runId + "/prepared.json", prepared, Prepared.class);
  }

  Optional<UpdateOutcome> outcome() throws IOException {
    return recorded().flatMap(Recorded::outcome);
  }

  /** The outcome of a job whose {@code done.json} is {@code found}; empty if it was withdrawn. */
  static Optional<UpdateOutcome> outcome(StoredObject found, Origin origin) {
    return found.bytes().length == 0
        ? Optional.empty()
        : Optional.of(UpdateJson.read(found.bytes(), UpdateOutcome.class, origin));
  }

  private record Recorded(ETag version, Optional<UpdateOutcome> outcome) {}

  private Optional<Recorded> recorded() throws IOException {
    ObjectPath path = directory.resolve(DONE);
    return store
        .get(path)
        .map(found -> new Recorded(found.stat().etag(), outcome(found, origin(path))));
  }

  void putOutcome(UpdateOutcome outcome) throws IOException {
    store.put(directory.resolve(DONE), UpdateJson.writePretty(outcome));
  }

  /** Records how an attempt was turned away, unless there is an outcome; returns what counts. */
  UpdateOutcome createOutcome(UpdateOutcome outcome) throws IOException {
    while (true) {
      Optional<Recorded> found = recorded();
      Optional<UpdateOutcome> earlier = found.flatMap(Recorded::outcome);
      if (earlier.isPresent()) {
        return earlier.get();
      }
      if (replaceOutcome(found, UpdateJson.writePretty(outcome))) {
        return outcome;
      }
    }
  }

  /**
   * Withdraws an outcome that is not final, so that the job can be tried again. One that another
   * attempt records meanwhile stays.
   */
  void withdrawOutcome() throws IOException {
    Optional<Recorded> found = recorded();
    if (found.flatMap(Recorded::outcome).filter(outcome -> !outcome.isFinal()).isPresent()) {
      replaceOutcome(found, new byte[0]);
    }
  }

  /** Adds to the recorded outcome what a user should look at. */
  void addWarnings(List<String> warnings) throws IOException {
    Optional<Recorded> found = recorded();
    while (found.flatMap(Recorded::outcome).isPresent()) {
      UpdateOutcome outcome = found.flatMap(Recorded::outcome).get().warningOf(warnings);
      if (replaceOutcome(found, UpdateJson.writePretty(outcome))) {
        return;
      }
      found = recorded();
    }
  }

  private boolean replaceOutcome(Optional<Recorded> found, byte[] content) throws IOException {
    PutCondition unchanged =
        found.map(Recorded::version).map(PutCondition::matches).orElseGet(PutCondition::absent);
    return store.putIf(directory.resolve(DONE), content, unchanged).isPresent();
  }

  /** Deletes everything but the outcome, the plan last. */
  void cleanUp() throws IOException {
    ObjectPath ready = directory.resolve(READY);
    ObjectPath done = directory.resolve(DONE);
    store.deleteAll(
        store.list(directory).stream()
            .map(ObjectStat::path)
            .filter(path -> !path.equals(ready) && !path.equals(done))
            .toList());
    store.delete(ready);
  }

  /**
   * Forgets jobs of this store that ended 30 days ago, or one day if they were live, and so frees
   * their names. It costs one listing, however many there are.
   */
  void forgetOld(Instant now) throws IOException {
    List<ObjectStat> all = store.list(location.journals());
    Set<String> forgotten = new HashSet<>();
    for (ObjectStat found : all) {
      if (found.path().name().equals(DONE) && isOld(found, now)) {
        forgotten.add(jobOf(found.path()));
      }
    }
    store.deleteAll(
        all.stream()
            .map(ObjectStat::path)
            .filter(path -> forgotten.contains(jobOf(path)))
            .filter(path -> path.name().equals(DONE) || JobName.isLive(jobOf(path)))
            .toList());
  }

  private boolean isOld(ObjectStat outcome, Instant now) {
    boolean isLive = JobName.isLive(jobOf(outcome.path()));
    Duration lifetime = isLive ? LIVE_OUTCOME_LIFETIME : OUTCOME_LIFETIME;
    return outcome.lastModified().plus(lifetime).isBefore(now);
  }

  private <T> T create(String name, T value, Class<T> type) throws IOException {
    ObjectPath path = directory.resolve(name);
    if (store.putIf(path, UpdateJson.writePretty(value), PutCondition.absent()).isPresent()) {
      return value;
    }
    return read(name, type)
        .orElseThrow(
            () ->
                new IOException(
                    "Cannot read " + path + " in " + store.url() + ": it has vanished"));
  }

  private <T> Optional<T> read(String name, Class<T> type) throws IOException {
    ObjectPath path = directory.resolve(name);
    Optional<StoredObject> found = store.get(path);
    return found.map(object -> UpdateJson.read(object.bytes(), type, origin(path)));
  }

  private Origin origin(ObjectPath path) {
    return Origin.of(store.url() + "/" + path);
  }

  @Override
  public void close() throws IOException {
    store.close();
  }
}
