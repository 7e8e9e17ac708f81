package dev.firn.update;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;

import dev.firn.io.object.ObjectPath;
import dev.firn.io.object.ObjectStat;
import dev.firn.io.object.ObjectStores;
import dev.firn.io.object.s3.StoresInParts;
import dev.firn.testing.s3.S3Bucket;
import dev.firn.testing.s3.S3Extension;
import dev.firn.update.UpdateOutcome.Status;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(S3Extension.class)
class S3ArchiveTest {
  @TempDir Path directory;

  private String base;
  private TinyModel model;
  private UpdateHarness archive;

  @BeforeEach
  void publishTwoForecasts(S3Bucket bucket) throws IOException {
    base = bucket.url() + "/archives";
    model = new TinyModel(directory.resolve("model"));
    model.publish(0, 0);
    model.publish(1, 0);
    archive = new UpdateHarness(model, base);
  }

  @Test
  void updatedArchiveHasTheObjectsOfALocalOne() throws IOException {
    UpdateHarness local = new UpdateHarness(model, directory.resolve("local"));
    local.backfill("first", 1);
    local.update("second", 2);

    UpdateOutcome backfilled = archive.backfill("first", 1);
    UpdateOutcome updated = archive.update("second", 2);

    assertThat(backfilled.status(), equalTo(Status.PUBLISHED));
    assertThat(updated.status(), equalTo(Status.PUBLISHED));
    assertThat(archive.files(), equalTo(local.files()));
  }

  @Test
  void shardsThatArePutInPartsAreThoseOfALocalArchive() throws IOException {
    UpdateHarness local = new UpdateHarness(model, directory.resolve("local"));
    local.backfill("first", 1);
    local.update("second", 2);
    archive.opener = StoresInParts::open;

    archive.backfill("first", 1);
    archive.update("second", 2);

    assertThat(archive.files(), equalTo(local.files()));
    try (var store = ObjectStores.open(base)) {
      var shards = store.list(new ObjectPath("tiny.zarr/wind/c"));
      assertThat(shards.isEmpty(), equalTo(false));
      shards.forEach(shard -> assertThat(shard.etag().value(), endsWith("-1\"")));
    }
  }

  @Test
  void resumedUpdateKeepsTheShardsThatAreThere() throws IOException {
    UpdateRequest request = model.backfill(TinyModel.id(base, "job"), 2);
    RegionJob first = archive.jobs(request).get(0);
    RegionJobResult before = archive.run(request.id(), first);

    RegionJobResult after = archive.run(request.id(), archive.jobs(request).get(0));
    archive.run(request);

    assertThat(after, equalTo(before));
    assertThat(archive.extent(), equalTo(2L));
    try (var store = ObjectStores.open(base)) {
      var left =
          store.list(new ObjectPath("_internal/tiny.zarr")).stream().map(ObjectStat::path).toList();
      assertThat(left, contains(new ObjectPath("_internal/tiny.zarr/job/done.json")));
    }
  }

  @Test
  void updateIsRefusedWhenTheRootHasMoved() throws IOException {
    archive.backfill("first", 1);
    UpdateRequest request = model.update(TinyModel.id(base, "late"), 2);
    MergedResults results = archive.runJobs(request);
    ObjectPath root = new ObjectPath("tiny.zarr/zarr.json");
    try (var store = ObjectStores.open(base)) {
      String text = new String(store.get(root).orElseThrow().bytes(), StandardCharsets.UTF_8);
      store.put(root, (text + "\n").getBytes(StandardCharsets.UTF_8));
    }

    UpdateOutcome outcome = archive.publish(request.id(), results);

    assertThat(outcome.status(), equalTo(Status.REFUSED));
    assertThat(archive.extent(), equalTo(1L));
  }
}
