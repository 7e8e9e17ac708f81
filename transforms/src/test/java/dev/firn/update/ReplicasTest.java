package dev.firn.update;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasKey;

import dev.firn.io.object.ObjectStores;
import dev.firn.update.UpdateOutcome.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An archive in several stores: they hold the same, and the primary is shown last. */
class ReplicasTest {
  private static final List<String> STORES =
      List.of("replica-0.zarr", "replica-1.zarr", "tiny.zarr");

  @TempDir Path sources;
  @TempDir Path base;

  private TinyModel model;
  private UpdateHarness archive;

  @BeforeEach
  void setUp() throws IOException {
    model = new TinyModel(sources);
    archive = new UpdateHarness(model, base);
    archive.replicas = List.of("zarr", "zarr");
    model.publish(0, 0);
    model.publish(1, 0);
  }

  private MergedResults write(UpdateRequest request) throws IOException {
    MergedResults results = archive.runJobs(request);
    return results;
  }

  private void assertAllHoldTheSame() throws IOException {
    assertThat(archive.files("replica-0.zarr"), equalTo(archive.files("tiny.zarr")));
    assertThat(archive.files("replica-1.zarr"), equalTo(archive.files("tiny.zarr")));
  }

  @Test
  void allStoresHoldTheSameBytes() throws IOException {
    archive.backfill("first", 1);
    model.publish(0, 1);

    UpdateOutcome outcome = archive.update("second", 2);

    assertThat(outcome.extentAfter(), equalTo(2L));
    assertThat(outcome.summary().shards(), equalTo(2L * 16));
    assertThat(outcome.stores().get(2).role(), equalTo(StoreRole.replica(1)));
    assertThat(outcome.stores().get(2).extent(), equalTo(2L));
    assertAllHoldTheSame();
    assertThat(archive.files("tiny.zarr"), hasKey("wind/c/1/0/0/0"));
  }

  @Test
  void publishedValuesComeFromThePrimary() throws IOException {
    archive.backfill("first", 1);
    model.publish(0, 1);
    Files.delete(model.file(0, java.time.Duration.ofHours(6)));

    archive.update("second", 1);

    float[] wind = archive.published("wind", 0);
    assertThat(wind[80], equalTo(archive.expected("wind", 0, 0)[80]));
    assertThat(wind[40], equalTo(archive.expected("wind", 0, 1)[40]));
    assertAllHoldTheSame();
  }

  @Test
  void writtenShardTellsWhatItReplacesInEachStore() throws IOException {
    archive.backfill("first", 1);
    UpdateRequest request = archive.replicated(model.update(archive.id("second"), 2));

    List<WrittenShard> shards =
        write(request).results().stream().flatMap(result -> result.shards().stream()).toList();

    WrittenShard again = shards.get(0);
    assertThat(again.key().value(), equalTo("c/0/0/0/0"));
    assertThat(again.copy(StoreRole.replica(1)).replaces().isPresent(), equalTo(true));
    WrittenShard added = shards.get(shards.size() - 1);
    assertThat(added.key().value(), equalTo("c/1/0/1/1"));
    assertThat(added.copy(StoreRole.PRIMARY).replaces().isPresent(), equalTo(false));
  }

  @Test
  void rootsAreReplacedInOrderThePrimaryLast() throws IOException {
    DisturbedProcess process = DisturbedProcess.undisturbed(ObjectStores::open);
    archive.opener = process;

    archive.backfill("first", 1);

    List<String> roots =
        STORES.stream().map(store -> "file://" + base + "/" + store + "/zarr.json").toList();
    assertThat(process.changes().stream().filter(roots::contains).toList(), equalTo(roots));
  }

  @Test
  void missingReplicaBesideAnExistingPrimaryIsRefused() throws IOException {
    archive.replicas = List.of();
    archive.backfill("first", 1);
    archive.replicas = List.of("zarr");

    UpdateOutcome outcome = archive.update("second", 2);

    assertThat(outcome.status(), equalTo(Status.REFUSED));
    assertThat(outcome.message(), containsString("replica-0.zarr): there is no store beside the"));
    assertThat(outcome.message(), containsString("backfill it first"));
    assertThat(archive.extent(), equalTo(1L));
  }

  @Test
  void replicaThatLagsBehindIsRefused() throws IOException {
    archive.backfill("first", 1);
    archive.replicas = List.of();
    archive.update("second", 2);
    archive.replicas = List.of("zarr");

    UpdateOutcome outcome = archive.update("third", 3);

    assertThat(outcome.status(), equalTo(Status.REFUSED));
    assertThat(
        outcome.message(),
        containsString("it ends at 2026-01-01T00:00:00Z, the primary at 2026-01-01T06:00:00Z"));
  }

  @Test
  void replicaWithoutItsPrimaryIsRefused() throws IOException {
    archive.backfill("first", 1);
    deleteAll(base.resolve("tiny.zarr"));

    UpdateOutcome outcome = archive.backfill("second", 2);

    assertThat(outcome.status(), equalTo(Status.REFUSED));
    assertThat(outcome.message(), containsString("the replica exists, its primary does not"));
  }

  private static void deleteAll(Path directory) throws IOException {
    try (Stream<Path> found = Files.walk(directory)) {
      for (Path path : found.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  @Test
  void replicaOfAnotherStructureIsRefused() throws IOException {
    archive.backfill("first", 1);
    Path root = base.resolve("replica-1.zarr/zarr.json");
    Files.writeString(root, Files.readString(root).replace("\"float32\"", "\"float64\""));

    UpdateOutcome outcome = archive.update("second", 2);

    assertThat(outcome.status(), equalTo(Status.REFUSED));
    assertThat(outcome.message(), containsString("replica-1.zarr): array '"));
    assertThat(outcome.message(), containsString("data type float64, the dataset float32"));
  }

  @Test
  void replicaThatWasChangedMeanwhileStopsEverything() throws IOException {
    archive.backfill("first", 1);
    UpdateRequest request = archive.replicated(model.update(archive.id("slow"), 2));
    MergedResults results = write(request);
    Path root = base.resolve("replica-1.zarr/zarr.json");
    Files.writeString(root, Files.readString(root).replace("Tiny model", "Other model"));
    Map<String, String> before = archive.files();

    UpdateOutcome outcome = archive.publish(request.id(), results);

    assertThat(outcome.status(), equalTo(Status.REFUSED));
    assertThat(
        outcome.message(), containsString("replica-1.zarr): it was changed meanwhile: expected"));
    assertThat(outcome.message(), containsString(", found "));
    assertThat(archive.files(), equalTo(before));
  }

  @Test
  void jobIsNotResumedWithOtherStores() throws IOException {
    archive.plan(archive.replicated(model.backfill(archive.id("job"), 1)));
    archive.replicas = List.of("zarr");

    UpdateOutcome outcome = archive.backfill("job", 1);

    assertThat(outcome.status(), equalTo(Status.INVALID));
    assertThat(outcome.message(), containsString("replica-1.zarr"));
  }

  @Test
  void retryAfterAReplicaWasPublishedCompletesThePrimaryWithTheSame() throws IOException {
    archive.backfill("first", 1);
    UpdateRequest request = archive.replicated(model.update(archive.id("second"), 3));
    MergedResults results = write(request);
    int before = publicationsUntilPrimary(request, results);
    assertThat(before, greaterThan(0));
    model.publish(2, 0); // comes too late for this publication
    archive.opener = ObjectStores::open;

    UpdateOutcome outcome = archive.update("second", 3);

    assertThat(outcome.status(), equalTo(Status.PUBLISHED));
    assertThat(outcome.extentAfter(), equalTo(2L));
    assertAllHoldTheSame();
  }

  /** Publishes again and again, each time a little longer, until both replicas are. */
  private int publicationsUntilPrimary(UpdateRequest request, MergedResults results)
      throws IOException {
    String old = archive.files("tiny.zarr").get("zarr.json");
    for (int lifetime = 1; ; lifetime++) {
      archive.opener =
          new DisturbedProcess(ObjectStores::open, lifetime, DisturbedProcess.Disturbance.DEATH);
      try {
        archive.publish(request.id(), results);
        return 0; // the primary too
      } catch (DisturbedProcess.Killed killed) {
        boolean replicas = !archive.files("replica-1.zarr").get("zarr.json").equals(old);
        if (replicas && archive.files("tiny.zarr").get("zarr.json").equals(old)) {
          return lifetime;
        }
      }
    }
  }
}
