package dev.firn.update;

import dev.firn.io.Origin;
import dev.firn.io.object.ClockDrift;
import dev.firn.io.object.ClockDriftException;
import dev.firn.io.object.ObjectPath;
import dev.firn.io.object.ObjectStat;
import dev.firn.io.object.ObjectStore;
import dev.firn.io.object.PutCondition;
import dev.firn.io.object.StoredObject;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Keeps two different updates of one archive apart while they would rewrite the same shards: an
 * object beside the journals names the job that is at work, and until when. Attempts at one job
 * share it, and it ends with the job's outcome. It is a courtesy among well-behaved updates; what
 * makes publication safe is the condition on the root.
 */
final class Lease {
  static final Duration LENGTH = Duration.ofMinutes(2);

  /** What the object holds. */
  record Holder(String job, Instant until) {
    /** What others are told. */
    String isAtWork() {
      return "job %1$s is at work on this store; if it has died, --job %1$s takes it up at once, and other work can begin at %2$s"
          .formatted(job, until);
    }
  }

  private final ObjectStore store;
  private final ObjectPath journals;
  private final ObjectPath path;
  private final String job;
  private final Clock clock;

  Lease(ObjectStore store, StoreLocation location, String job, Clock clock) {
    this.store = store;
    this.journals = location.journals();
    this.path = journals.resolve("lease.json");
    this.job = job;
    this.clock = clock;
  }

  /**
   * Takes or renews the lease; if another job has it, says who.
   *
   * @throws ClockDriftException if the store has another time than this host, whose lease would
   *     keep others away for too long or for too short a time
   */
  Optional<Holder> acquire() throws IOException {
    while (true) {
      Instant now = clock.instant();
      Optional<StoredObject> found = store.get(path);
      Optional<Holder> holder = found.map(this::holder);
      if (holder.isPresent() && isHeldAgainst(holder.get(), now)) {
        return holder;
      }
      PutCondition unchanged =
          found
              .map(object -> PutCondition.matches(object.stat().etag()))
              .orElseGet(PutCondition::absent);
      Holder ours = new Holder(job, now.plus(LENGTH));
      Optional<ObjectStat> put = store.putIf(path, UpdateJson.write(ours), unchanged);
      if (put.isPresent()) {
        requireTimeOfStore(put.get(), now);
        return Optional.empty();
      }
    }
  }

  private void requireTimeOfStore(ObjectStat put, Instant begun) throws IOException {
    try {
      ClockDrift.require(store, put, begun, clock.instant());
    } catch (ClockDriftException drift) {
      release();
      throw drift;
    }
  }

  private boolean isHeldAgainst(Holder holder, Instant now) throws IOException {
    return !holder.job().equals(job) && holder.until().isAfter(now) && !hasEnded(holder.job());
  }

  private boolean hasEnded(String other) throws IOException {
    ObjectPath done = Journal.outcome(journals, other);
    return store
        .get(done)
        .flatMap(found -> Journal.outcome(found, origin(done)))
        .map(UpdateOutcome::endsRun)
        .orElse(false);
  }

  private Origin origin(ObjectPath of) {
    return Origin.of(store.url() + "/" + of);
  }

  /** Gives the lease back, if this job still has it. */
  void release() throws IOException {
    if (store.get(path).map(this::holder).map(holder -> holder.job().equals(job)).orElse(false)) {
      store.delete(path);
    }
  }

  private Holder holder(StoredObject object) {
    return UpdateJson.read(object.bytes(), Holder.class, origin(path));
  }
}
