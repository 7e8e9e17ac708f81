package dev.firn.update;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.firn.io.object.LocalObjectStore;
import dev.firn.update.UpdateOutcome.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What holds when an attempt dies, or two run at once. */
class RestartTest extends ArchiveInEachFormat {

  @Test
  void readersSeeNothingBeforePublication() throws IOException {
    UpdateRequest request = model.backfill(archive.id("job"), 2);

    for (RegionJob job : archive.jobs(request)) {
      archive.run(request.id(), job);
    }

    assertThat(archive.shown().keySet(), not(hasItem("zarr.json")));
  }

  @Test
  void resumedJobDoesNotRunFinishedRegionJobsAgain() throws IOException {
    UpdateRequest request = model.backfill(archive.id("job"), 2);
    RegionJob first = archive.jobs(request).get(0);
    RegionJobResult before = archive.run(request.id(), first);

    RegionJobResult after = archive.run(request.id(), archive.jobs(request).get(0));

    // shards that were written again would have other tags
    assertThat(after, equalTo(before));
    assertThat(archive.run(request).status(), equalTo(Status.PUBLISHED));
    assertThat(archive.shown(), equalTo(shownByAnUndisturbedRun()));
  }

  @Test
  void finishedRegionJobRunsAgainWhenASourceFileChanged() throws IOException {
    UpdateRequest request = model.backfill(archive.id("job"), 2);
    RegionJob first = archive.jobs(request).get(0);
    archive.run(request.id(), first);
    model.publish(0, Duration.ofHours(3), 1);

    RegionJobResult again = archive.run(request.id(), first);
    archive.run(request);

    assertThat(
        again.files().stream().allMatch(file -> file.status() == FileStatus.SUCCEEDED),
        equalTo(true));
    float[] expected = archive.expected("wind", 0, 0);
    System.arraycopy(archive.expected("wind", 0, 1), 40, expected, 40, 40);
    assertThat(archive.published("wind", 0), equalTo(expected));
  }

  private void deleteAShard() throws IOException {
    try (Stream<Path> found = Files.walk(base)) {
      Files.delete(
          found
              .filter(path -> path.toString().matches(".*(/c/0/0/0/0|/chunks/[^/.]*)"))
              .findFirst()
              .orElseThrow());
    }
  }

  @Test
  void finishedRegionJobRunsAgainWhenItsShardIsGone() throws IOException {
    UpdateRequest request = model.backfill(archive.id("job"), 2);
    RegionJob first = archive.jobs(request).get(0);
    archive.run(request.id(), first);
    deleteAShard();

    archive.run(request);

    assertThat(archive.shown(), equalTo(shownByAnUndisturbedRun()));
  }

  @Test
  void publicationThatDiedBeforeItsOutcomeIsFinished() throws IOException {
    UpdateRequest request = model.backfill(archive.id("job"), 2);
    MergedResults results = archive.runJobs(request);
    Path journal = inJournal("job");
    byte[] plan = Files.readAllBytes(journal.resolve("ready.json"));
    UpdateOutcome first = archive.publish(request.id(), results);
    Map<String, String> published = archive.shown();
    Files.delete(journal.resolve("done.json"));
    Files.write(journal.resolve("ready.json"), plan);
    new Journal(new LocalObjectStore(base), StoreLocation.parse(request.id().store()), "job")
        .createPrepared(first.runId(), new Journal.Prepared(2));

    UpdateOutcome outcome = archive.run(request);

    assertThat(outcome.status(), equalTo(Status.PUBLISHED));
    assertThat(archive.shown(), equalTo(published));
  }

  @Test
  void publicationThatDiedBeforeCleanUpOnlyCleansUp() throws IOException {
    UpdateRequest request = model.backfill(archive.id("job"), 2);
    Path journal = inJournal("job");
    archive.jobs(request);
    byte[] plan = Files.readAllBytes(journal.resolve("ready.json"));
    UpdateOutcome published = archive.run(request);
    Files.write(journal.resolve("ready.json"), plan);

    UpdateOutcome again = archive.run(request);

    assertThat(again, equalTo(published));
    assertThat(Files.exists(journal.resolve("ready.json")), equalTo(false));
  }

  @Test
  void planOfTheFirstAttemptWins() throws IOException {
    UpdateRequest request = model.backfill(archive.id("job"), 1);
    archive.plan(request);

    PlannedUpdate later = archive.plan(model.backfill(archive.id("job"), 2));

    assertThat(((PlannedUpdate.Ready) later).plan().extent(), equalTo(1L));
  }

  @Test
  void updateIsRefusedWhenAStrangerChangedTheStoreMeanwhile() throws IOException {
    archive.backfill("first", 1);
    UpdateRequest request = model.update(archive.id("slow"), 2);
    MergedResults results = archive.runJobs(request);
    archive.changeByAStranger(archive.primary());
    Map<String, String> theirs = archive.shown();

    UpdateOutcome outcome = archive.publish(request.id(), results);

    assertThat(outcome.status(), equalTo(Status.REFUSED));
    assertThat(
        outcome.message(),
        containsString(archive.primary() + "): it was changed meanwhile: expected version"));
    assertThat(archive.shown(), equalTo(theirs));
    assertThat(archive.extent(), equalTo(1L));
  }

  @Test
  void retryStandsOnWhatTheFirstAttemptPinned() throws IOException {
    archive.backfill("first", 1);
    PlannedUpdate planned = archive.plan(model.update(archive.id("second"), 2));
    String pinned = ((PlannedUpdate.Ready) planned).plan().primary().versionText();
    archive.changeByAStranger(archive.primary());

    PlannedUpdate retried = archive.plan(model.update(archive.id("second"), 2));

    UpdateOutcome outcome = ((PlannedUpdate.Settled) retried).outcome();
    assertThat("before any work", outcome.status(), equalTo(Status.REFUSED));
    assertThat(outcome.message(), containsString("expected version " + pinned + ", found "));
    assertThat(outcome.runId(), equalTo(((PlannedUpdate.Ready) planned).plan().runId()));
    assertThat(archive.extent(), equalTo(1L));
  }

  @Test
  void retryAfterNothingWasPublishedPublishesAll() throws IOException {
    archive.backfill("first", 1);
    Map<String, String> before = archive.shown();
    UpdateRequest request = model.update(archive.id("second"), 2);
    for (RegionJob job : archive.jobs(request)) {
      archive.run(request.id(), job);
    }
    assertThat(archive.shown().get("zarr.json"), equalTo(before.get("zarr.json")));

    UpdateOutcome outcome = archive.update("second", 2);

    assertThat(outcome.status(), equalTo(Status.PUBLISHED));
    assertThat(archive.published("wind", 1), equalTo(archive.expected("wind", 1, 0)));
  }

  @Test
  void twoProcessesWithOneJobNameEndWell() throws Exception {
    Map<String, String> expected = shownByAnUndisturbedRun();
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      for (int round = 0; round < 5; round++) {
        UpdateHarness one = archiveIn(base.resolve("round" + round));
        Callable<UpdateOutcome> attempt = () -> one.backfill("same", 2);

        List<UpdateOutcome> outcomes = new ArrayList<>();
        for (Future<UpdateOutcome> done : threads.invokeAll(List.of(attempt, attempt))) {
          outcomes.add(done.get());
        }

        assertThat(outcomes.get(0).status(), equalTo(Status.PUBLISHED));
        assertThat(outcomes.get(1).status(), equalTo(Status.PUBLISHED));
        assertThat(one.shown(), equalTo(expected));
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void jobOlderThanAWeekIsNotResumed() throws IOException {
    UpdateRequest request = model.backfill(archive.id("job"), 2);
    archive.plan(request);
    Clock later = Clock.offset(Clock.systemUTC(), Duration.ofDays(8));

    PlannedUpdate planned = new UpdatePlanner(model.template(), "test", later).plan(request);

    UpdateOutcome outcome = ((PlannedUpdate.Settled) planned).outcome();
    assertThat(outcome.status(), equalTo(Status.INVALID));
    assertThat(outcome.message(), containsString("begin anew with --job job-2"));
    archive.backfill("job-2", 1);
    PlannedUpdate again = new UpdatePlanner(model.template(), "test", later).plan(request);
    assertThat(
        "a free name",
        ((PlannedUpdate.Settled) again).outcome().message(),
        containsString("begin anew with --job job-3"));
  }

  @Test
  void jobBegunByAnotherVersionIsNotResumed() throws IOException {
    UpdateRequest request = model.backfill(archive.id("job"), 2);
    archive.plan(request);

    PlannedUpdate planned =
        new UpdatePlanner(model.template(), "newer", Clock.systemUTC()).plan(request);

    assertThat(
        ((PlannedUpdate.Settled) planned).outcome().message(),
        equalTo("job job was begun by Firn test, this is newer"));
  }

  @Test
  void publicationWithoutAllResultsFails() throws IOException {
    UpdateRequest request = model.backfill(archive.id("job"), 1);
    List<RegionJob> jobs = archive.jobs(request);
    MergedResults some = new MergedResults();
    some.add(archive.run(request.id(), jobs.get(0)));

    var failed =
        assertThrows(IllegalStateException.class, () -> archive.publish(request.id(), some));

    assertThat(failed.getMessage(), containsString("nothing was heard from"));
    assertThat(failed.getMessage(), containsString(jobs.get(2).key().toString()));
  }

  @Test
  void unchangedFileWithAnotherTimeIsAnotherVersion() throws IOException {
    UpdateRequest request = model.backfill(archive.id("job"), 1);
    RegionJob first = archive.jobs(request).get(0);
    RegionJobResult before = archive.run(request.id(), first);
    Files.setLastModifiedTime(model.file(0, Duration.ZERO), FileTime.fromMillis(0));

    RegionJobResult after = archive.run(request.id(), first);

    assertThat(after.files().get(0).version(), not(equalTo(before.files().get(0).version())));
  }

  @Test
  void outcomesAreForgottenAfterThirtyDays() throws IOException {
    archive.backfill("old", 1);
    Path old = inJournal("old/done.json");
    Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofDays(31))));

    archive.update("new", 1);

    assertThat(Files.exists(old), equalTo(false));
    assertThat(Files.exists(inJournal("new/done.json")), equalTo(true));
  }

  @Test
  void publicationOfThisRunIsRecognisedAlthoughMoreFilesCameSince() throws IOException {
    UpdateRequest request = model.backfill(archive.id("job"), 3);
    MergedResults results = archive.runJobs(request);
    Path journal = inJournal("job");
    byte[] plan = Files.readAllBytes(journal.resolve("ready.json"));
    UpdateOutcome first = archive.publish(request.id(), results);
    Files.delete(journal.resolve("done.json"));
    Files.write(journal.resolve("ready.json"), plan);
    new Journal(new LocalObjectStore(base), StoreLocation.parse(request.id().store()), "job")
        .createPrepared(first.runId(), new Journal.Prepared(2));
    model.publish(2, 0);

    UpdateOutcome outcome = archive.run(request);

    assertThat(outcome.status(), equalTo(Status.PUBLISHED));
    assertThat(outcome.extentAfter(), equalTo(2L));
    assertThat(archive.extent(), equalTo(2L));
  }

  @Test
  void updateThatEndsBeforeTheNewestForecastHasNothingToDo() throws IOException {
    archive.backfill("first", 2);

    UpdateOutcome outcome = archive.update("early", 1);

    assertThat(outcome.status(), equalTo(Status.NOTHING_NEW));
    assertThat(archive.extent(), equalTo(2L));
  }
}
