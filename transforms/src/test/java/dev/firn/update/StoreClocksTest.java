package dev.firn.update;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.firn.io.icechunk.DatedStore;
import dev.firn.io.object.ClockDriftException;
import dev.firn.io.object.ObjectStores;
import dev.firn.update.UpdateOutcome.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A replica in a store of its own, whose clock may differ from that of the host and the primary.
 */
class StoreClocksTest extends ArchiveInEachFormat {
  @TempDir Path elsewhere;

  private UpdateRequest request;
  private Path ahead;
  private long secondsAhead;

  @BeforeEach
  void setUp() throws IOException {
    ahead = elsewhere;
    archive.opener =
        url ->
            new DatedStore(
                ObjectStores.open(url),
                time -> url.contains(ahead.toString()) ? time.plusSeconds(secondsAhead) : time);
    UpdateRequest alone = model.backfill(archive.id("job"), 1);
    request =
        new UpdateRequest(
            alone.id(),
            List.of("file://" + elsewhere + "/copy." + format),
            alone.kind(),
            alone.filter(),
            false,
            false,
            List.of());
  }

  private void assertRefused(Executable step) {
    var drift = assertThrows(ClockDriftException.class, step);

    assertThat(drift.getMessage(), containsString("Cannot write to file://" + elsewhere));
    assertThat(drift.getMessage(), containsString("they may differ by 60 s"));
  }

  @ParameterizedTest
  @ValueSource(longs = {-90, 90})
  void updateIsNotBegunAndTheNameAndTheLeaseAreFree(long seconds) throws IOException {
    secondsAhead = seconds;

    assertRefused(() -> archive.plan(request));

    assertThat(archive.files().size(), equalTo(0));
    assertThat(Files.exists(base.resolve("_internal")), equalTo(false));
    secondsAhead = 0;
    assertThat(archive.run(request).status(), equalTo(Status.PUBLISHED));
    try (Stream<Path> left = Files.list(elsewhere.resolve("_internal"))) {
      assertThat(
          "nothing but the ledger is left",
          left.map(path -> path.getFileName().toString()).toList(),
          equalTo(List.of("ledger")));
    }
  }

  @Test
  void regionJobAndPublicationWriteNothing() throws IOException {
    List<RegionJob> jobs = archive.jobs(request);
    secondsAhead = 90;
    assertRefused(() -> archive.run(request.id(), jobs.get(0)));
    secondsAhead = 0;
    MergedResults results = new MergedResults();
    for (RegionJob job : jobs) {
      results.add(archive.run(request.id(), job));
    }
    secondsAhead = 90;

    assertRefused(() -> archive.publish(request.id(), results));

    secondsAhead = 0;
    assertThat(archive.publish(request.id(), results).status(), equalTo(Status.PUBLISHED));
  }

  @Test
  void smallDifferenceIsNoMatter() throws IOException {
    secondsAhead = 50;

    assertThat(archive.run(request).status(), equalTo(Status.PUBLISHED));
  }

  /** Whether a lease is taken, in Zarr, or not, in Icechunk. */
  @ParameterizedTest
  @ValueSource(longs = {-90, 90})
  void updateOfAPrimaryWithAnotherClockIsNotBegun(long seconds) throws IOException {
    ahead = base;
    secondsAhead = seconds;
    UpdateRequest alone = model.backfill(archive.id("job"), 1);

    var drift = assertThrows(ClockDriftException.class, () -> archive.plan(alone));

    assertThat(drift.getMessage(), containsString("they may differ by 60 s"));
    assertThat(archive.files().size(), equalTo(0));
    secondsAhead = 0;
    assertThat(archive.run(alone).status(), equalTo(Status.PUBLISHED));
  }
}
