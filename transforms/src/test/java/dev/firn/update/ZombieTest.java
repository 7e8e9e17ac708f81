package dev.firn.update;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.firn.io.icechunk.Repository;
import dev.firn.io.icechunk.Version;
import dev.firn.update.UpdateOutcome.Status;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** A process that everybody took for dead goes on when its run has ended and was cleaned up. */
@ParameterizedClass
@ValueSource(strings = {"zarr", "icechunk"})
class ZombieTest {
  @Parameter String format;
  @TempDir Path sources;

  private final MemoryStores stores = new MemoryStores();
  private TinyModel model;
  private UpdateHarness archive;

  @BeforeEach
  void setUp() throws IOException {
    model = new TinyModel(sources);
    archive = new UpdateHarness(model, MemoryStores.BASE);
    archive.primaryFormat = format;
    archive.opener = stores;
    model.publish(0, 0);
    archive.backfill("first", 1);
    model.publish(0, 1);
    model.publish(1, 0);
  }

  /** A worker that has read the plan of {@code id}, and the files that it is to work on. */
  private UpdateWorker worker(UpdateId id, Sources files) throws IOException {
    JobResources resources =
        new JobResources(files, new MemoryBudget(1 << 20), WorkProgress.ofProcess());
    return UpdateWorker.open(id, model.template(), resources, stores);
  }

  private Optional<Repository> repository() throws IOException {
    return format.equals("icechunk") ? stores.repository(archive.primary()) : Optional.empty();
  }

  private void assertHistory(int publications) throws IOException {
    if (repository().isPresent()) {
      Repository repository = repository().get();
      assertThat(repository.branches().keySet(), equalTo(Set.of("main")));
      assertThat(repository.ancestry(Version.branch("main")).size(), equalTo(1 + publications));
    }
  }

  private void putResultsLate(UpdateRequest request, UpdateWorker zombie, List<RegionJob> jobs)
      throws IOException {
    for (RegionJob job : jobs) {
      List<SourceFile> files = new SourceFilePlan(model.template().spec(), Instant.EPOCH).of(job);
      RegionJobResult late = zombie.run(job.key(), files);
      assertThat(late.hasSuccess(), equalTo(true));
      assertThat(recorded(request.id(), late), equalTo(Optional.of(late)));
    }
  }

  private Optional<RegionJobResult> recorded(UpdateId id, RegionJobResult result)
      throws IOException {
    try (Journal journal = Journal.open(id, stores)) {
      return journal.result(result.runId(), result.key());
    }
  }

  @Test
  void shardsAndResultsThatComeAfterCleanUpChangeNothing() throws IOException {
    UpdateRequest request = model.update(archive.id("slow"), 2);
    List<RegionJob> jobs = archive.jobs(request);
    try (Sources files = new Sources(model.mirrors());
        UpdateWorker zombie = worker(request.id(), files)) {
      UpdateOutcome ended = archive.update("slow", 2);
      Map<String, String> published = archive.shown();

      putResultsLate(request, zombie, jobs);

      assertThat(archive.shown(), equalTo(published));
      assertHistory(2);
      assertThat(archive.update("slow", 2), equalTo(ended));
      model.publish(2, 0);
      assertThat(archive.update("next", 3).extentAfter(), equalTo(3L));
      assertThat(archive.published("wind", 1), equalTo(archive.expected("wind", 1, 0)));
      assertHistory(3);
    }
  }

  @Test
  void zombieThatFindsItsRunEndedPublishesNothing() throws IOException {
    UpdateRequest request = model.update(archive.id("slow"), 2);
    MergedResults results = archive.runJobs(request);
    UpdateOutcome ended = archive.update("slow", 2);
    model.publish(2, 0);
    archive.update("next", 3);
    Map<String, String> published = archive.shown();

    UpdateOutcome late = archive.publish(request.id(), results);

    assertThat(late, equalTo(ended));
    assertThat(archive.shown(), equalTo(published));
    assertHistory(3);
  }

  /** The name of a job that found nothing is free again: its zombie is of another run. */
  @Test
  void resultsOfAnEarlierRunOfTheNameAreNotRead() throws IOException {
    UpdateRequest request = model.update(archive.id("hourly"), 2);
    List<RegionJob> jobs = archive.jobs(request);
    try (Sources files = new Sources(model.mirrors());
        UpdateWorker zombie = worker(request.id(), files)) {
      archive.publish(request.id(), nothingOf(request));
      MergedResults late = new MergedResults();
      for (RegionJob job : jobs) {
        late.add(
            zombie.run(
                job.key(), new SourceFilePlan(model.template().spec(), Instant.EPOCH).of(job)));
      }
      archive.update("another", 2);
      Map<String, String> published = archive.shown();
      PlannedUpdate.Ready again = (PlannedUpdate.Ready) archive.plan(request);

      var failed = assertThrows(IOException.class, () -> archive.publish(request.id(), late));

      assertThat(failed.getMessage(), containsString("was done for run "));
      assertThat(failed.getMessage(), containsString("now there is run " + again.plan().runId()));
      assertThat(unheard(request.id(), again.plan()), equalTo(Set.copyOf(again.plan().jobs())));
      assertThat(archive.shown(), equalTo(published));
      assertThat(archive.run(request).status(), equalTo(Status.PUBLISHED));
      assertThat(archive.shown(), equalTo(published));
      assertHistory(3);
    }
  }

  /** Results of all jobs as they are where no file has come. */
  private MergedResults nothingOf(UpdateRequest request) throws IOException {
    PlannedUpdate.Ready ready = (PlannedUpdate.Ready) archive.plan(request);
    MergedResults nothing = new MergedResults();
    for (RegionJob job : ready.jobs()) {
      nothing.add(RegionJobResult.ofNothing(ready.plan().runId(), job.key()));
    }
    return nothing;
  }

  private Set<RegionJobKey> unheard(UpdateId id, UpdatePlan plan) throws IOException {
    try (Journal journal = Journal.open(id, stores)) {
      return journal.unheard(plan);
    }
  }

  /**
   * Other bytes, of files that have changed since, are out of reach in Icechunk. In Zarr whoever
   * puts a published shard last is seen: the documented limit of that format.
   */
  @Test
  void otherBytesOfAZombieAreUnreachableInIcechunkAndLastWriterWinsInZarr() throws IOException {
    UpdateRequest request = model.update(archive.id("slow"), 2);
    UpdatePlan plan = ((PlannedUpdate.Ready) archive.plan(request)).plan();
    archive.update("slow", 2);
    Map<String, String> published = archive.shown();
    WrittenShard other;
    try (StoreSet zombie = StoreSet.open(plan.storeUrls(), stores)) {
      other =
          zombie.put(
              plan,
              new dev.firn.io.zarr.NodePath("wind"),
              new dev.firn.io.object.ObjectPath("c/0/0/0/0"),
              List.of(ByteBuffer.wrap(new byte[700])));
    }

    Map<String, String> now = archive.shown();

    assertThat(other.sizeBytes(), equalTo(700L));
    if (format.equals("icechunk")) {
      assertThat(now, equalTo(published));
    } else {
      assertThat(now.remove("wind/c/0/0/0/0"), not(equalTo(published.remove("wind/c/0/0/0/0"))));
      assertThat(now, equalTo(published));
    }
    assertHistory(2);
  }
}
