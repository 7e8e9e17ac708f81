package dev.firn.update;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.firn.io.icechunk.CommitRequest;
import dev.firn.io.icechunk.Repository;
import dev.firn.io.icechunk.Session;
import dev.firn.io.icechunk.Version;
import dev.firn.io.icechunk.format.SnapshotId;
import dev.firn.io.object.ObjectPath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** An Icechunk repository of two forecasts, and a third to come; all have other values by now. */
abstract class AdvancingArchive {
  static final String ICECHUNK = "tiny.icechunk";

  @TempDir Path sources;

  final MemoryStores stores = new MemoryStores();
  TinyModel model;
  UpdateHarness archive;

  @BeforeEach
  final void publishTwoForecasts() throws IOException {
    model = new TinyModel(sources);
    archive = harness();
    model.publish(0, 0);
    model.publish(1, 0);
    archive.backfill("first", 2);
    model.publish(0, 1);
    model.publish(1, 1);
    model.publish(2, 1);
  }

  UpdateHarness harness() {
    UpdateHarness harness = new UpdateHarness(model, MemoryStores.BASE);
    harness.primaryFormat = "icechunk";
    harness.opener = stores;
    return harness;
  }

  Repository repository() throws IOException {
    return stores.repository(ICECHUNK).orElseThrow();
  }

  int snapshots() throws IOException {
    return repository().ancestry(Version.branch("main")).size();
  }

  void assertForecast(int position, int edition) throws IOException {
    for (String variable : List.of("temperature", "wind", "pressure", "rain")) {
      assertThat(
          variable + " of " + position,
          archive.published(variable, position),
          equalTo(archive.expected(variable, position, edition)));
    }
  }

  static ObjectPath shard() {
    return new ObjectPath("wind/c/1/0/0/0");
  }

  interface Change {
    void in(Session main) throws IOException;
  }

  SnapshotId commit(Change change) throws IOException {
    Session main = repository().writable("main");
    change.in(main);
    return main.commit(CommitRequest.of("by a stranger"));
  }
}
