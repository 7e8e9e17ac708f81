package dev.firn.update;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.firn.io.icechunk.Repository;
import dev.firn.io.icechunk.Version;
import dev.firn.io.icechunk.format.SnapshotId;
import dev.firn.io.object.ObjectStores;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IcechunkArchiveTest extends ArchiveStoreContract {
  /** A chunk that nobody wrote. */
  static final ShardCopy NEVER_WRITTEN =
      new ShardCopy(
          StoreRole.PRIMARY, new ShardVersion("0G1FN5SKFVXKMRBMKSA0/7"), Optional.empty());

  @TempDir Path directory;

  private String url() {
    return "file://" + directory.resolve("tiny.icechunk");
  }

  @Override
  ArchiveStore open() {
    return ArchiveStore.open(StoreLocation.parse(url()), ObjectStores::open);
  }

  @Override
  ShardCopy absent() {
    return NEVER_WRITTEN;
  }

  @Test
  void newRepositorySplitsManifestsAlongTheAppendDimension() throws IOException {
    PinnedStore absent = new PinnedStore(StoreRole.PRIMARY, url(), Optional.empty(), 0);

    open().setUp(new StoreRun("job", "run", absent, false));

    Repository repository = Repository.open(ObjectStores.open(url())).orElseThrow();
    assertThat(
        repository.config().json().at("/manifest/splitting/split_sizes/0").toString(),
        equalTo("[\"any_array\",[{\"condition\":{\"Axis\":0},\"num_chunks\":256}]]"));
    assertThat(repository.config().inlineThresholdBytes(), equalTo(512));
    assertThat(repository.branches().get("_job_job"), equalTo(SnapshotId.INITIAL));
    assertThat(repository.lookup(Version.branch("main")), equalTo(SnapshotId.INITIAL));
  }
}
