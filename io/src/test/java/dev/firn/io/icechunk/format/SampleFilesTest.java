package dev.firn.io.icechunk.format;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import dev.firn.io.Origin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Every metadata file of repositories that the reference implementation wrote, versions 1 to 2.1.
 */
class SampleFilesTest {
  @Test
  void everyRepoInfoIsReadAndWrittenAgain() throws IOException {
    List<Path> files = IcechunkSamples.repoInfos();

    for (Path file : files) {
      RepoInfo repo = RepoInfo.parse(Files.readAllBytes(file), origin(file));

      assertThat(repo.specVersion(), is(2));
      assertThat(RepoInfo.parse(repo.toBytes(), origin(file)), equalTo(repo));
    }
    assertThat(files.size(), greaterThan(20));
  }

  @Test
  void everySnapshotIsReadAndWrittenAgainWithoutItsParent() throws IOException {
    List<Path> files = IcechunkSamples.files("snapshots");

    for (Path file : files) {
      Snapshot snapshot = Snapshot.parse(Files.readAllBytes(file), origin(file));

      assertThat(snapshot.id(), equalTo(SnapshotId.parse(file.getFileName().toString())));
      assertThat(
          Snapshot.parse(snapshot.toBytes(), origin(file)),
          equalTo(
              new Snapshot(
                  snapshot.id(),
                  Optional.empty(),
                  snapshot.nodes(),
                  snapshot.flushedAt(),
                  snapshot.message(),
                  snapshot.metadata(),
                  snapshot.manifests())));
    }
    assertThat(files.size(), greaterThan(30));
  }

  @Test
  void everyManifestIsReadAndWrittenAgain() throws IOException {
    List<Path> files = IcechunkSamples.files("manifests");

    for (Path file : files) {
      Manifest manifest = Manifest.parse(Files.readAllBytes(file), origin(file));
      Manifest copy = Manifest.parse(FileRewriter.rewrite(manifest), origin(file));

      assertThat(manifest.id(), equalTo(ManifestId.parse(file.getFileName().toString())));
      assertThat(copy.nodes(), equalTo(manifest.nodes()));
      for (NodeId node : manifest.nodes()) {
        assertThat(copy.refs(node), equalTo(manifest.refs(node)));
      }
    }
    assertThat(files.size(), greaterThan(80));
  }

  @Test
  void everyTransactionLogIsReadAndWrittenAgain() throws IOException {
    List<Path> files = IcechunkSamples.files("transactions");

    for (Path file : files) {
      TransactionLog log = TransactionLog.parse(Files.readAllBytes(file), origin(file));
      TransactionLog copy = TransactionLog.parse(FileRewriter.rewrite(log), origin(file));

      assertThat(log.id(), equalTo(SnapshotId.parse(file.getFileName().toString())));
      assertThat(copy.id(), equalTo(log.id()));
      assertThat(copy.nodes(), equalTo(log.nodes()));
      assertThat(copy.moves(), equalTo(log.moves()));
      assertThat(copy.arraysWithUpdatedChunks(), equalTo(log.arraysWithUpdatedChunks()));
      for (NodeId array : log.arraysWithUpdatedChunks()) {
        assertThat(copy.updatedChunks(array), equalTo(log.updatedChunks(array)));
      }
    }
    assertThat(files.size(), greaterThan(30));
  }

  private static Origin origin(Path file) {
    return Origin.of(file.toString());
  }
}
