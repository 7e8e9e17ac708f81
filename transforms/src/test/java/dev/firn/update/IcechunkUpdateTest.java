package dev.firn.update;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.firn.io.icechunk.Repository;
import dev.firn.io.icechunk.Version;
import dev.firn.io.icechunk.format.SnapshotId;
import dev.firn.io.icechunk.format.SnapshotInfo;
import dev.firn.io.object.ObjectPath;
import dev.firn.update.UpdateOutcome.Status;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backfills and updates of an archive in an Icechunk repository. */
class IcechunkUpdateTest {
  private static final String ICECHUNK = "tiny.icechunk";

  @TempDir Path sources;

  private final MemoryStores stores = new MemoryStores();
  private TinyModel model;
  private UpdateHarness archive;

  @BeforeEach
  void setUp() throws IOException {
    model = new TinyModel(sources);
    archive = harness("icechunk", stores);
    model.publish(0, 0);
    model.publish(1, 0);
  }

  private UpdateHarness harness(String format, MemoryStores opener) {
    UpdateHarness harness = new UpdateHarness(model, MemoryStores.BASE);
    harness.primaryFormat = format;
    harness.opener = opener;
    return harness;
  }

  private Repository repository() throws IOException {
    return stores.repository(ICECHUNK).orElseThrow();
  }

  /** The content of a Zarr store without what only says that it is one. */
  private static Map<String, String> arrays(MemoryStores stores, String store) throws IOException {
    Map<String, String> content = stores.content(store);
    content.remove("zarr.json");
    return content;
  }

  @Test
  void archiveHoldsWhatAZarrStoreHolds() throws IOException {
    UpdateHarness zarr = harness("zarr", stores);
    zarr.backfill("zarr-first", 1);
    archive.backfill("first", 1);
    model.publish(0, 1);
    zarr.update("zarr-second", 2);

    UpdateOutcome outcome = archive.update("second", 2);

    assertThat(outcome.status(), equalTo(Status.PUBLISHED));
    assertThat(outcome.extentAfter(), equalTo(2L));
    assertThat(arrays(stores, ICECHUNK), equalTo(arrays(stores, "tiny.zarr")));
  }

  @Test
  void valuesWhoseFilesAreGoneStayAsTheyWerePublished() throws IOException {
    archive.backfill("first", 1);
    Map<String, String> published = stores.content(ICECHUNK);
    for (Duration lead : model.template().spec().leadTimes().values()) {
      java.nio.file.Files.delete(model.file(0, lead));
    }
    model.publish(1, 1);

    archive.update("second", 2);

    assertThat(archive.update("third", 2).extentAfter(), equalTo(2L));
    for (String shard : published.keySet()) {
      if (shard.matches(".*/c/0/0/[01]/[01]")) {
        assertThat(shard, stores.content(ICECHUNK).get(shard), equalTo(published.get(shard)));
      }
    }
  }

  @Test
  void eachPublicationIsOneSnapshotThatTellsItsJobAndRun() throws IOException {
    archive.backfill("first", 1);
    UpdateOutcome second = archive.update("second", 2);

    List<SnapshotInfo> history = repository().ancestry(Version.branch("main"));

    assertThat(history.size(), equalTo(3));
    SnapshotInfo newest = history.get(0);
    assertThat(newest.message(), equalTo("tiny: init_time up to 2026-01-01T06:00:00Z"));
    assertThat(newest.metadata().get("firn_job").textValue(), equalTo("second"));
    assertThat(newest.metadata().get("firn_run").textValue(), equalTo(second.runId()));
    assertThat(history.get(1).metadata().get("firn_job").textValue(), equalTo("first"));
    assertThat(history.get(2).id(), equalTo(SnapshotId.INITIAL));
    assertThat(second.stores().get(0).version().orElseThrow(), equalTo(newest.id().text()));
  }

  @Test
  void rootHasNoConsolidatedMetadata() throws IOException {
    archive.backfill("first", 1);

    byte[] root =
        repository()
            .readOnly(Version.branch("main"))
            .store()
            .get(new ObjectPath("zarr.json"))
            .orElseThrow()
            .bytes();

    assertThat(
        new String(root, StandardCharsets.UTF_8).contains("consolidated_metadata"), equalTo(false));
  }

  @Test
  void updateThatWritesNothingAnewIsASnapshotToo() throws IOException {
    archive.backfill("first", 1);

    archive.update("again", 1);

    assertThat(repository().ancestry(Version.branch("main")).size(), equalTo(3));
  }

  @Test
  void whatAWorkerOfAnEarlierRunWritesLateIsNotRead() throws IOException {
    archive.backfill("undisturbed", 1);
    Map<String, String> expected = stores.content(ICECHUNK);
    model = new TinyModel(sources.resolve("late"));
    MemoryStores fresh = new MemoryStores();
    archive = harness("icechunk", fresh);
    UpdateRequest request = model.backfill(archive.id("job"), 1);
    List<RegionJob> jobs = archive.jobs(request);
    try (UpdateWorker late = archive.worker(request.id())) {
      assertThat(archive.run(request).status(), equalTo(Status.NOTHING_NEW));
      model.publish(0, 0);
      archive.plan(request); // the name is free again: another run
      for (RegionJob job : jobs) {
        late.run(job.key(), new SourceFilePlan(model.template().spec(), Instant.EPOCH).of(job));
      }

      Optional<UpdateOutcome> heard = archive.publisher().publishIfComplete(request.id());
      UpdateOutcome outcome = archive.run(request);
      late.run(
          jobs.get(0).key(),
          new SourceFilePlan(model.template().spec(), Instant.EPOCH).of(jobs.get(0)));

      assertThat(heard, equalTo(Optional.empty()));
      assertThat(outcome.status(), equalTo(Status.PUBLISHED));
      assertThat(fresh.content(ICECHUNK), equalTo(expected));
    }
  }

  @Test
  void attemptThatSetsUpWhenAnotherHasEndedLeavesNoBranch() throws IOException {
    UpdateRequest request = model.backfill(archive.id("same"), 1);
    MergedResults results = archive.runJobs(request);
    UpdateHarness late = harness("icechunk", stores);
    List<UpdateOutcome> published = new ArrayList<>();
    WatchedStore.Watch publishesFirst =
        new WatchedStore.Watch() {
          @Override
          public <T> T operate(
              WatchedStore.Verb verb, String url, WatchedStore.Operation<T> operation)
              throws IOException {
            if (published.isEmpty() && url.contains(ICECHUNK) && !url.contains("_internal")) {
              published.add(archive.publish(request.id(), results));
            }
            return operation.run();
          }
        };
    late.opener = url -> new WatchedStore(stores.apply(url), url, publishesFirst);

    PlannedUpdate planned = late.plan(request);

    assertThat(published.get(0).status(), equalTo(Status.PUBLISHED));
    assertThat(planned, equalTo(new PlannedUpdate.Settled(published.get(0))));
    assertThat(repository().branches().keySet(), equalTo(Set.of("main")));
  }

  @Test
  void twoProcessesWithOneJobNamePublishOnce() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      for (int round = 0; round < 5; round++) {
        MemoryStores fresh = new MemoryStores();
        Callable<UpdateOutcome> attempt = () -> harness("icechunk", fresh).backfill("same", 2);

        List<UpdateOutcome> outcomes = new ArrayList<>();
        for (Future<UpdateOutcome> done : threads.invokeAll(List.of(attempt, attempt))) {
          outcomes.add(done.get());
        }

        assertThat(outcomes.get(0).status(), equalTo(Status.PUBLISHED));
        assertThat(outcomes.get(1).status(), equalTo(Status.PUBLISHED));
        Repository repository = fresh.repository(ICECHUNK).orElseThrow();
        assertThat(repository.ancestry(Version.branch("main")).size(), equalTo(2));
        assertThat(repository.branches().keySet(), equalTo(Set.of("main")));
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
