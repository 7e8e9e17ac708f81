package dev.firn.io.icechunk;

import static dev.firn.io.icechunk.TestRepositories.put;
import static dev.firn.io.icechunk.TestRepositories.withArray;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import dev.firn.io.icechunk.format.SnapshotId;
import dev.firn.io.icechunk.maintenance.Garbage;
import dev.firn.io.icechunk.maintenance.GarbageCollection;
import dev.firn.io.icechunk.maintenance.GarbageLimit;
import dev.firn.io.icechunk.maintenance.Progress;
import dev.firn.io.icechunk.maintenance.StoreClock;
import dev.firn.io.icechunk.maintenance.Workers;
import dev.firn.io.object.MemoryObjectStore;
import dev.firn.io.object.ObjectStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The clocks of host and store differ by a year. */
class StoreClockTest {
  private static final Duration BEHIND = Duration.ofDays(365);

  private static Garbage preview(Repository repository, Instant limit) throws IOException {
    GarbageLimit all = GarbageLimit.whileNobodyReads(limit);
    return new GarbageCollection(repository, all, Workers.ONE, Progress.NONE).preview();
  }

  @Test
  void agesAreThoseOfTheStore() throws IOException {
    ObjectStore written = new MemoryObjectStore();
    Repository writers = withArray(written, 4);
    Session session = writers.writable("main");
    put(session, "x".repeat(2000), 0);
    session.commit(CommitRequest.of("given up"));
    writers.resetBranch("main", SnapshotId.INITIAL, Optional.empty());
    ObjectStore store = new DatedStore(written, time -> time.minus(BEHIND));
    Repository repository = Repository.open(store).orElseThrow();

    Instant now = StoreClock.now(store);

    Duration difference = Duration.between(now.plus(BEHIND), Instant.now()).abs();
    assertThat(difference, lessThan(Duration.ofMinutes(1)));
    assertThat(preview(repository, now.minusSeconds(3600)).chunks().objects(), is(0L));
    assertThat(preview(repository, now.plusSeconds(1)).chunks().objects(), is(1L));
    assertThat(store.list(RepositoryFiles.OVERWRITTEN).size(), is(3));
  }
}
