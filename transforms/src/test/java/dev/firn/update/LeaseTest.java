package dev.firn.update;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.firn.io.Origin;
import dev.firn.io.object.ClockDriftException;
import dev.firn.io.object.ObjectStores;
import dev.firn.update.UpdateOutcome.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What keeps different jobs apart while they work on one archive that has a Zarr store. */
class LeaseTest extends ArchiveInEachFormat {

  @BeforeEach
  void haveAZarrStore() {
    archive.replicas = format.equals("zarr") ? List.of() : List.of("zarr");
  }

  private Optional<UpdateOutcome> recorded(String job) throws IOException {
    try (Journal journal = Journal.open(archive.id(job), ObjectStores::open)) {
      return journal.outcome();
    }
  }

  @Test
  void leaseThatRanOutIsTaken() throws IOException {
    lease("dead").acquire();
    Lease.Holder ranOut = new Lease.Holder("dead", Instant.now().minusSeconds(1));
    Files.write(inJournal("lease.json"), UpdateJson.write(ranOut));

    var holder = lease("next").acquire();

    assertThat(holder.isEmpty(), equalTo(true));
    assertThat(Files.readString(inJournal("lease.json")), containsString("\"next\""));
  }

  @Test
  void leaseThatAnotherJobHasFailsTheStepThatCounts() throws Exception {
    try (LeaseKeeper keeper = new LeaseKeeper(lease("mine"))) {
      keeper.check();
      lease("theirs").acquire();
      keeper.renew();

      IOException failed = assertThrows(LeaseLostException.class, keeper::check);
      assertThat(failed.getMessage(), containsString("job theirs is at work on this store"));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {-90, 90})
  void hostWhoseClockIsNotTheStoresTakesNoLease(long seconds) throws IOException {
    Lease lease = lease("mine", Clock.offset(Clock.systemUTC(), Duration.ofSeconds(seconds)));

    var drift = assertThrows(ClockDriftException.class, lease::acquire);

    assertThat(drift.getMessage(), containsString("they may differ by 60 s"));
    assertThat("nobody is kept away", lease("theirs").acquire(), equalTo(Optional.empty()));
  }

  @Test
  void smallDifferenceOfClocksIsNoMatter() throws IOException {
    Lease lease = lease("mine", Clock.offset(Clock.systemUTC(), Duration.ofSeconds(50)));

    assertThat(lease.acquire(), equalTo(Optional.empty()));
  }

  @Test
  void jobThatOthersOvertookInTheMiddleDoesNotRunItsRegionJobs() throws IOException {
    archive.backfill("first", 1);
    UpdateRequest request = archive.replicated(model.update(archive.id("slow"), 2));
    RegionJob job = archive.jobs(request).get(0);
    lease("slow").release(); // it ran out
    lease("another").acquire();
    Map<String, String> before = archive.files();

    var lost = assertThrows(LeaseLostException.class, () -> archive.run(request.id(), job));

    assertThat(lost.getMessage(), containsString("job another is at work on this store; if it"));
    assertThat(archive.files(), equalTo(before));
  }

  @Test
  void leaseIsRenewedWhenARegionJobBegins() throws IOException {
    archive.backfill("first", 1);
    UpdateRequest request = archive.replicated(model.update(archive.id("slow"), 2));
    RegionJob job = archive.jobs(request).get(0);
    Path object = inJournal("lease.json");
    Files.write(object, UpdateJson.write(new Lease.Holder("slow", Instant.EPOCH)));

    archive.run(request.id(), job);

    Lease.Holder holder =
        UpdateJson.read(Files.readAllBytes(object), Lease.Holder.class, Origin.of("the lease"));
    assertThat(holder.job(), equalTo("slow"));
    assertThat(holder.until().isAfter(Instant.now()), equalTo(true));
  }

  @Test
  void jobThatWasTurnedAwayIsBusyAndGoesOnLater() throws IOException {
    archive.backfill("first", 1);
    UpdateRequest request = archive.replicated(model.update(archive.id("slow"), 2));
    MergedResults some = new MergedResults();
    some.add(archive.run(request.id(), archive.jobs(request).get(0)));

    UpdateOutcome busy = archive.publisher().turnAway(request.id(), "job another is at work", some);

    assertThat(busy.status(), equalTo(Status.BUSY));
    assertThat(recorded("slow"), equalTo(Optional.of(busy)));
    assertThat("and goes on later", archive.run(request).status(), equalTo(Status.PUBLISHED));
  }

  @Test
  void secondUpdateOfAnArchiveWaitsForTheFirst() throws IOException {
    archive.backfill("first", 1);
    archive.plan(archive.replicated(model.update(archive.id("one"), 2)));

    UpdateOutcome outcome = archive.update("two", 2);

    assertThat(outcome.status(), equalTo(Status.BUSY));
    assertThat(
        outcome.message(),
        containsString(
            "job one is at work on this store; if it has died, --job one takes it up at"));
  }

  @Test
  void attemptWhoseLeaseAnotherJobTookIsBusyAndGoesOnLater() throws IOException {
    archive.backfill("first", 1);
    UpdateRequest request = archive.replicated(model.update(archive.id("slow"), 2));
    MergedResults results = archive.runJobs(request);
    lease("slow").release(); // it ran out
    lease("another").acquire();

    UpdateOutcome busy = archive.publish(request.id(), results);

    assertThat(busy.status(), equalTo(Status.BUSY));
    assertThat(busy.message(), containsString("job another is at work on this store; if it"));
    assertThat(recorded("slow"), equalTo(Optional.of(busy)));
    assertThat(archive.extent(), equalTo(1L));
    lease("another").release();
    assertThat(archive.run(request).status(), equalTo(Status.PUBLISHED));
  }
}
