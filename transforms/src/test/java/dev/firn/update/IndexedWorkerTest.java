package dev.firn.update;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.firn.checkin.CheckInServer;
import dev.firn.checkin.CheckIns;
import dev.firn.update.UpdateOutcome.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Plain processes that share an update; two forecasts are six region jobs. */
class IndexedWorkerTest extends ArchiveInEachFormat {
  private static final Duration LONG = Duration.ofMinutes(2);

  private List<String> checkIns = List.of();

  private UpdateOutcome work(UpdateRequest request, int index, int total, Duration wait)
      throws IOException {
    try (Sources files = new Sources(model.mirrors())) {
      JobResources resources =
          new JobResources(files, new MemoryBudget(1 << 20), WorkProgress.ofProcess());
      WorkerShare share = new WorkerShare(index, total);
      UpdateMonitor monitor = new UpdateMonitor(CheckIns.to(checkIns), Clock.systemUTC());
      return new IndexedWorker(model.template(), "test", share, resources, monitor)
          .run(archive.replicated(request), wait);
    }
  }

  private UpdateOutcome work(UpdateRequest request, int index, int total) throws IOException {
    return work(request, index, total, Duration.ZERO);
  }

  private UpdateRequest backfill() {
    return model.backfill(archive.id("job"), 2);
  }

  private List<String> journal() throws IOException {
    Path directory = inJournal("job");
    try (Stream<Path> found = Files.walk(directory)) {
      return found.filter(path -> !path.equals(directory)).map(Path::toString).toList();
    }
  }

  @Test
  void oneWorkerDoesItAll() throws IOException {
    UpdateOutcome outcome = work(backfill(), 0, 1);

    assertThat(outcome.status(), equalTo(Status.PUBLISHED));
    assertThat(archive.shown(), equalTo(shownByAnUndisturbedRun()));
  }

  @Test
  void metadataAreLeftToTheLastWorkerAndTheJournalIsCleaned() throws IOException {
    UpdateOutcome first = work(backfill(), 0, 3);
    UpdateOutcome second = work(backfill(), 2, 3);
    assertThat(archive.shown().keySet(), not(hasItem("zarr.json")));

    UpdateOutcome last = work(backfill(), 1, 3);

    assertThat(first.status(), equalTo(Status.PARTIAL));
    assertThat(first.summary().jobs(), equalTo(2));
    assertThat(first.message(), containsString("2 of 6 jobs were this worker's; 4 are not done"));
    assertThat(second.message(), containsString("2 are not done yet: region-"));
    assertThat(last.status(), equalTo(Status.PUBLISHED));
    assertThat(archive.shown(), equalTo(shownByAnUndisturbedRun()));
    assertThat(journal(), equalTo(List.of(inJournal("job/done.json").toString())));
  }

  @Test
  void resultsOfAllWorkersAreMerged() throws IOException {
    model.publish(1, Duration.ZERO, 0);
    for (int hours = 3; hours <= 9; hours += 3) {
      Files.delete(model.file(1, Duration.ofHours(hours)));
    }
    work(backfill(), 0, 2);

    UpdateOutcome outcome = work(backfill(), 1, 2);

    assertThat(outcome.summary().jobs(), equalTo(6));
    assertThat(outcome.summary().filesByStatus().get("succeeded"), equalTo(5L));
    assertThat(outcome.summary().filesByStatus().get("not_found"), equalTo(3L));
    assertThat(
        archive.published("ingested_forecast_length").toDoubles(),
        equalTo(new double[] {9 * 3600.0, 0}));
    assertThat(archive.published("rain", 0), equalTo(archive.expected("rain", 0, 0)));
  }

  @Test
  void archiveEndsWithTheLastForecastOfWhichAnyWorkerReadAFile() throws IOException {
    UpdateRequest longer = model.backfill(archive.id("job"), 4);
    work(longer, 1, 2);

    UpdateOutcome outcome = work(longer, 0, 2);

    assertThat(outcome.summary().jobs(), equalTo(12));
    assertThat(outcome.extentAfter(), equalTo(2L));
    assertThat(archive.extent(), equalTo(2L));
  }

  @Test
  void archiveEndsBeforeAForecastOfWhichNoWorkerCouldReadAFile() throws IOException {
    for (int hours = 0; hours <= 9; hours += 3) {
      Path file = model.file(1, Duration.ofHours(hours));
      Files.write(file, new byte[(int) Files.size(file)]);
    }
    work(backfill(), 0, 2);

    UpdateOutcome outcome = work(backfill(), 1, 2);

    assertThat(outcome.status(), equalTo(Status.PUBLISHED));
    assertThat(outcome.summary().filesByStatus().get("succeeded"), equalTo(4L));
    assertThat(outcome.summary().filesByStatus().get("corrupt"), equalTo(4L));
    assertThat(archive.extent(), equalTo(1L));
    assertThat(archive.published("wind", 0), equalTo(archive.expected("wind", 0, 0)));
  }

  @Test
  void replicasAreWrittenByAllWorkersAndPublishedByTheLast() throws IOException {
    archive.replicas = List.of(format, format);
    work(backfill(), 1, 2);

    UpdateOutcome outcome = work(backfill(), 0, 2);

    assertThat(outcome.status(), equalTo(Status.PUBLISHED));
    assertThat(archive.shown(), equalTo(shownByAnUndisturbedRun()));
    assertThat(archive.shown(archive.replica(1)), equalTo(archive.shown()));
  }

  @Test
  void workerWithoutJobsWritesNothingAndMayPublish() throws IOException {
    UpdateOutcome idle = work(backfill(), 6, 7);
    assertThat(idle.status(), equalTo(Status.PARTIAL));
    assertThat(archive.shown().keySet(), empty());
    for (RegionJob job : archive.jobs(backfill())) {
      archive.run(backfill().id(), job);
    }

    UpdateOutcome outcome = work(backfill(), 6, 7);

    assertThat(outcome.status(), equalTo(Status.PUBLISHED));
    assertThat(archive.shown(), equalTo(shownByAnUndisturbedRun()));
  }

  @Test
  void workerThatComesWhenAllIsDoneReportsHowItEnded() throws IOException {
    work(backfill(), 0, 1);
    Map<String, String> before = archive.files();

    UpdateOutcome late = work(backfill(), 4, 5);

    assertThat(late.status(), equalTo(Status.PUBLISHED));
    assertThat(archive.files(), equalTo(before));
  }

  @Test
  void waitingInVainNamesWhatIsMissing() throws IOException {
    var failed =
        assertThrows(IOException.class, () -> work(backfill(), 0, 6, Duration.ofSeconds(1)));

    assertThat(
        failed.getMessage(),
        containsString("Waited 1 s for other workers in vain: 5 are not done yet: region-0-gr"));
    assertThat(failed.getMessage(), containsString("region-1-group-2"));
  }

  @Test
  void workerThatRunsAgainDoesNotRepeatItsJobs() throws IOException {
    work(backfill(), 0, 2);
    Map<String, Object> before = modified();

    UpdateOutcome again = work(backfill(), 0, 2);

    assertThat(again.status(), equalTo(Status.PARTIAL));
    assertThat(modified(), equalTo(before));
  }

  private Map<String, Object> modified() throws IOException {
    Map<String, Object> times = new java.util.TreeMap<>();
    for (String file : archive.files().keySet()) {
      times.put(file, Files.getLastModifiedTime(base.resolve(file)));
    }
    return times;
  }

  @Test
  void workersAtOnceEndWellWhoeverPublishes() throws Exception {
    assertAllPublish(List.of(0, 1, 2, 3), 4);
  }

  @Test
  void twoProcessesWithOneIndexAreHarmless() throws Exception {
    assertAllPublish(List.of(0, 0, 1, 1), 2);
  }

  private void assertAllPublish(List<Integer> indices, int total) throws Exception {
    Map<String, String> expected = shownByAnUndisturbedRun();
    ExecutorService threads = Executors.newFixedThreadPool(indices.size());
    try {
      List<Callable<UpdateOutcome>> workers = new ArrayList<>();
      indices.forEach(index -> workers.add(() -> work(backfill(), index, total, LONG)));
      String run = "";
      for (Future<UpdateOutcome> worker : threads.invokeAll(workers)) {
        assertThat(worker.get().status(), equalTo(Status.PUBLISHED));
        run = run.isEmpty() ? worker.get().runId() : run;
        assertThat(worker.get().runId(), equalTo(run));
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(archive.shown(), equalTo(expected));
  }

  @Test
  void attemptThatIsTurnedAwayDoesNotEndTheLeaseOfItsJob() throws IOException {
    work(backfill(), 0, 2);
    archive.replicas = List.of(format);
    assertThat(work(backfill(), 1, 2).status(), equalTo(Status.INVALID));
    archive.replicas = List.of();

    if (format.equals("zarr")) { // elsewhere there is no lease
      assertThat(archive.backfill("other", 2).status(), equalTo(Status.BUSY));
    }
    assertThat(work(backfill(), 1, 2).status(), equalTo(Status.PUBLISHED));
  }

  @Test
  void everyWorkerSaysThatItBeginsAndThoseWhoKnowHowItEnded() throws IOException {
    try (CheckInServer service = new CheckInServer()) {
      checkIns = List.of(service.url());

      work(backfill(), 0, 2);
      work(backfill(), 1, 2);
      work(backfill(), 0, 2);

      assertThat(
          service.statuses(), contains("in_progress", "in_progress", "ok", "in_progress", "ok"));
    }
  }

  @Test
  void endedJobDoesNotKeepTheLease() throws IOException {
    work(backfill(), 0, 1);
    lease("job").acquire(); // by a process that has not noticed the end

    UpdateOutcome next = archive.update("next", 2);

    assertThat(next.status(), equalTo(Status.PUBLISHED));
  }
}
