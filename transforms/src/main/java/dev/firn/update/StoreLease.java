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
import java.time.Instant;
import java.util.Optional;

/**
 * A {@link Lease} that is an object beside the journals: it names the job that is at work, and
 * until when.
 */
final class StoreLease implements Lease {
  private final ObjectStore store;
  private final ObjectPath journals;
  private final ObjectPath path;
  private final String job;
  private final Clock clock;

  StoreLease(ObjectStore store, StoreLocation location, String job, Clock clock) {
    this.store = store;
    this.journals = location.journals();
    this.path = journals.resolve("lease.json");
    this.job = job;
    this.clock = clock;
  }

  @Override
  public Optional<Holder> acquire() throws IOException {
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

  @Override
  public void release() throws IOException {
    if (store.get(path).map(this::holder).map(holder -> holder.job().equals(job)).orElse(false)) {
      store.delete(path);
    }
  }

  private Holder holder(StoredObject object) {
    return UpdateJson.read(object.bytes(), Holder.class, origin(path));
  }
}
