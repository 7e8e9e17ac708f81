package dev.firn.update;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import dev.firn.io.icechunk.Session;
import dev.firn.io.icechunk.Version;
import dev.firn.io.icechunk.format.SnapshotId;
import dev.firn.io.object.ObjectPath;
import dev.firn.io.object.ObjectStore;
import dev.firn.update.UpdateOutcome.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Updates of an Icechunk repository during which other updates commit to {@code main}. */
class OnTopTest extends AdvancingArchive {
  private static final Duration ZERO = Duration.ZERO;
  private static final Duration NINE = Duration.ofHours(9);

  /** A backfill that rewrites the forecasts from one position until before another. */
  private UpdateRequest rewrite(String job, long start, long end) {
    UpdateId id = archive.id(job);
    JobFilter filter =
        new JobFilter(Optional.of(model.init(start)), model.init(end), List.of(), List.of());
    return new UpdateRequest(
        id, List.of(), UpdateRequest.Kind.BACKFILL, filter, true, false, List.of());
  }

  private void assertWhole(int snapshots) throws IOException {
    assertThat(archive.extent(), equalTo(3L));
    assertForecast(0, 1);
    assertForecast(1, 1);
    assertForecast(2, 1);
    assertThat(snapshots(), equalTo(snapshots));
    assertThat(repository().branches().keySet(), equalTo(Set.of("main")));
  }

  @Test
  void backfillOfOldForecastsGoesOnTopOfAnUpdate() throws IOException {
    UpdateRequest old = rewrite("old", 0, 1);
    MergedResults results = archive.runJobs(old);
    assertThat(archive.update("new", 3).status(), equalTo(Status.PUBLISHED));

    UpdateOutcome outcome = archive.publish(old.id(), results);

    assertThat(outcome.message(), outcome.status(), equalTo(Status.PUBLISHED));
    assertWhole(4);
  }

  @Test
  void updateGoesOnTopOfABackfillOfOldForecasts() throws IOException {
    UpdateRequest update = model.update(archive.id("new"), 3);
    MergedResults results = archive.runJobs(update);
    assertThat(archive.run(rewrite("old", 0, 1)).status(), equalTo(Status.PUBLISHED));

    UpdateOutcome outcome = archive.publish(update.id(), results);

    assertThat(outcome.message(), outcome.status(), equalTo(Status.PUBLISHED));
    assertThat(outcome.extentAfter(), equalTo(3L));
    assertWhole(4);
  }

  @Test
  void whatWasPreparedBeforeOthersPublishedIsPreparedAnew() throws IOException {
    UpdateRequest update = model.update(archive.id("new"), 3);
    MergedResults results = archive.runJobs(update);
    AtomicInteger repoPuts = new AtomicInteger();
    UpdateHarness slow = harness();
    slow.opener =
        before(
            (verb, url) ->
                verb == WatchedStore.Verb.PUT
                    && url.endsWith(ICECHUNK + "/repo")
                    && repoPuts.getAndIncrement() == 1, // the first is the commit on the branch
            () -> archive.run(rewrite("old", 0, 1)));

    UpdateOutcome outcome = slow.publish(update.id(), results);

    assertThat(outcome.message(), outcome.status(), equalTo(Status.PUBLISHED));
    assertWhole(4);
  }

  @Test
  void ingestedLengthsAreThoseOfBoth() throws IOException {
    Files.delete(model.file(0, NINE));
    UpdateRequest update = model.update(archive.id("new"), 3);
    MergedResults results = archive.runJobs(update);
    model.publish(3, 1);
    archive.update("longer", 4);

    UpdateOutcome outcome = archive.publish(update.id(), results);

    assertThat(outcome.message(), outcome.status(), equalTo(Status.PUBLISHED));
    assertThat(archive.extent(), equalTo(4L));
    double hours = 9 * 3600.0;
    assertThat(
        archive.published("ingested_forecast_length").toDoubles(),
        equalTo(new double[] {hours, hours, hours, hours}));
    assertForecast(3, 1);
  }

  /** Each reads a file that the other finds gone: what the one read stays when the other comes. */
  @Test
  void jobsWhoseShardsOthersReplacedRunAgainOnWhatTheyPublished() throws IOException {
    for (Duration lead : model.template().spec().leadTimes().values()) {
      Files.delete(model.file(1, lead));
    }
    model.publish(1, NINE, 2);
    UpdateRequest slow = rewrite("slow", 0, 2);
    MergedResults results = archive.runJobs(slow);
    Path aside = sources.resolve("aside");
    Files.move(model.file(1, NINE), aside);
    model.publish(1, ZERO, 3);
    assertThat(archive.run(rewrite("fast", 1, 2)).status(), equalTo(Status.PUBLISHED));
    Files.delete(model.file(1, ZERO));
    Files.move(aside, model.file(1, NINE));

    UpdateOutcome outcome = archive.publish(slow.id(), results);

    assertThat(outcome.message(), outcome.status(), equalTo(Status.PUBLISHED));
    assertForecast(0, 1);
    float[] wind = archive.published("wind", 1);
    for (int cell = 0; cell < 40; cell++) {
      assertThat(wind[cell], equalTo(TinyModel.archived("wind", 1, ZERO, cell, 3)));
      assertThat(wind[3 * 40 + cell], equalTo(TinyModel.archived("wind", 1, NINE, cell, 2)));
    }
    assertThat(snapshots(), equalTo(4));
    assertThat(repository().branches().keySet(), equalTo(Set.of("main")));
  }

  @Test
  void onlyJobsWhoseShardsOthersReplacedRunAgain() throws IOException {
    UpdateRequest slow = rewrite("slow", 0, 2);
    MergedResults results = archive.runJobs(slow);
    archive.run(rewrite("fast", 1, 2));
    for (Duration lead : model.template().spec().leadTimes().values()) {
      Files.delete(model.file(0, lead)); // it would not be read again
    }

    UpdateOutcome outcome = archive.publish(slow.id(), results);

    assertThat(outcome.message(), outcome.status(), equalTo(Status.PUBLISHED));
    assertForecast(0, 1);
    assertForecast(1, 1);
  }

  @Test
  void attemptThatDiedIsTakenUpOnTopOfWhatOthersPublished() throws IOException {
    UpdateRequest old = rewrite("old", 0, 1);
    List<RegionJob> jobs = archive.jobs(old);
    archive.run(old.id(), jobs.get(0));
    archive.update("new", 3);

    UpdateOutcome outcome = archive.run(old);

    assertThat(outcome.message(), outcome.status(), equalTo(Status.PUBLISHED));
    assertWhole(4);
  }

  @Test
  void whoReplacesTheShardsInEveryRoundHasTheUpdateRefused() throws IOException {
    UpdateOutcome outcome = publishWhileOthersReplaceAShard(Rounds.LIMIT + 1);

    assertThat(outcome.status(), equalTo(Status.REFUSED));
    assertThat(
        outcome.message(),
        equalTo(
            "others replaced shards that it writes too, and did so again in each of 3 rounds in"
                + " which it wrote them anew: c/1/0/0/0 of wind in primary"));
    assertThat(snapshots(), equalTo(2 + Rounds.LIMIT + 1));
    assertThat(archive.published("wind", 1)[0], not(equalTo(archive.expected("wind", 1, 1)[0])));
    assertThat("it stays refused", archive.run(rewrite("slow", 0, 2)), equalTo(outcome));
  }

  @Test
  void whoReplacesTheShardsInAllRoundsButTheLastDoesNot() throws IOException {
    UpdateOutcome outcome = publishWhileOthersReplaceAShard(Rounds.LIMIT);

    assertThat(outcome.message(), outcome.status(), equalTo(Status.PUBLISHED));
    assertThat(snapshots(), equalTo(2 + Rounds.LIMIT + 1));
    assertForecast(1, 1);
  }

  /** Others replace a shard so many times, each time just before the update prepares. */
  private UpdateOutcome publishWhileOthersReplaceAShard(int times) throws IOException {
    UpdateRequest slow = rewrite("slow", 0, 2);
    MergedResults results = archive.runJobs(slow);
    AtomicInteger done = new AtomicInteger();
    UpdateHarness disturbed = harness();
    disturbed.opener =
        before(
            (verb, url) ->
                verb == WatchedStore.Verb.PUT
                    && url.endsWith("/prepared.json")
                    && done.getAndIncrement() < times,
            () -> commit(main -> main.store().put(shard(), theirs(main, done.get()))));
    return disturbed.publish(slow.id(), results);
  }

  /** The shard of another place, a different one each time. */
  private static byte[] theirs(Session main, int number) throws IOException {
    ObjectPath other = new ObjectPath("wind/c/0/0/%d/%d".formatted(number % 2, number / 2 % 2));
    return main.store().get(other).orElseThrow().bytes();
  }

  private interface Which {
    boolean is(WatchedStore.Verb verb, String url);
  }

  private interface Act {
    Object act() throws IOException;
  }

  /** Opens stores for a process before some of whose operations something is done. */
  private Function<String, ObjectStore> before(Which which, Act act) {
    WatchedStore.Watch watch =
        new WatchedStore.Watch() {
          @Override
          public <T> T operate(
              WatchedStore.Verb verb, String url, WatchedStore.Operation<T> operation)
              throws IOException {
            if (which.is(verb, url)) {
              act.act();
            }
            return operation.run();
          }
        };
    return url -> new WatchedStore(stores.apply(url), url, watch);
  }

  @Test
  void mainThatWasSetBackHasTheUpdateRefusedBeforeItsJobsRun() throws IOException {
    archive.update("second", 2);
    UpdateRequest update = model.update(archive.id("slow"), 3);
    MergedResults results = archive.runJobs(update);
    SnapshotId back = repository().ancestry(Version.branch("main")).get(1).id();
    repository().resetBranch("main", back, Optional.empty());

    assertThat(archive.run(update).status(), equalTo(Status.REFUSED));

    UpdateOutcome outcome = archive.publish(update.id(), results);
    assertThat(outcome.status(), equalTo(Status.REFUSED));
    assertThat(outcome.message(), containsString("found " + back));
    assertThat(repository().lookup(Version.branch("main")), equalTo(back));
  }

  @Test
  void replicasAreEqualWhenUpdatesOfTheSameShardsRunSideBySide() throws Exception {
    for (int round = 0; round < 5; round++) {
      UpdateHarness first = replicated("round-" + round);
      UpdateHarness second = replicated("round-" + round);
      first.backfill("first", 2);
      UpdateRequest rewrite = first.replicated(rewrite("old", 0, 2));
      UpdateId id = first.id("old");

      List<UpdateOutcome> outcomes =
          atOnce(List.of(() -> first.update("new", 3), () -> second.run(renamed(rewrite, id))));

      for (UpdateOutcome outcome : outcomes) {
        assertThat(outcome.message(), outcome.status(), equalTo(Status.PUBLISHED));
      }
      assertThat(first.extent(), equalTo(3L));
      assertThat(first.shown("replica-0.icechunk"), equalTo(first.shown()));
      assertThat(first.published("wind", 1), equalTo(first.expected("wind", 1, 1)));
    }
  }

  private UpdateHarness replicated(String directory) {
    UpdateHarness harness = new UpdateHarness(model, MemoryStores.BASE + "/" + directory);
    harness.primaryFormat = "icechunk";
    harness.replicas = List.of("icechunk");
    harness.opener = stores;
    return harness;
  }

  private static UpdateRequest renamed(UpdateRequest request, UpdateId id) {
    return new UpdateRequest(
        id, request.replicas(), request.kind(), request.filter(), true, false, List.of());
  }

  private static List<UpdateOutcome> atOnce(List<Callable<UpdateOutcome>> works) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(works.size());
    try {
      List<UpdateOutcome> outcomes = new ArrayList<>();
      for (Future<UpdateOutcome> done : threads.invokeAll(works)) {
        outcomes.add(done.get());
      }
      return outcomes;
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void noneIsBusyWhereThereIsNoZarrStore() throws IOException {
    archive.plan(model.update(archive.id("one"), 3));

    assertThat(archive.update("two", 3).status(), equalTo(Status.PUBLISHED));
    assertThat(archive.update("one", 3).status(), equalTo(Status.PUBLISHED));
    assertForecast(1, 1);
    assertForecast(2, 1);
    assertThat(snapshots(), equalTo(4));
    assertThat(
        stores
            .apply(MemoryStores.BASE)
            .stat(new ObjectPath("_internal/" + ICECHUNK + "/lease.json")),
        equalTo(Optional.empty()));
  }
}
