package dev.firn.io.icechunk;

import static dev.firn.io.icechunk.TestRepositories.ARRAY;
import static dev.firn.io.icechunk.TestRepositories.array;
import static dev.firn.io.icechunk.TestRepositories.chunk;
import static dev.firn.io.icechunk.TestRepositories.main;
import static dev.firn.io.icechunk.TestRepositories.put;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firn.io.Origin;
import dev.firn.io.UnsupportedFeatureException;
import dev.firn.io.icechunk.format.ChunkIndex;
import dev.firn.io.icechunk.format.Dimension;
import dev.firn.io.icechunk.format.ManifestRef;
import dev.firn.io.icechunk.format.Node.ArrayNode;
import dev.firn.io.icechunk.format.NodePath;
import dev.firn.io.object.DelegatingStore;
import dev.firn.io.object.MemoryObjectStore;
import dev.firn.io.object.ObjectPath;
import dev.firn.io.object.ObjectStat;
import dev.firn.io.object.ObjectStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class ManifestSplittingTest {
  private static final Origin HERE = Origin.of("test");
  private static final List<Dimension> DIMENSIONS =
      List.of(
          new Dimension(100, 10, Optional.of("time")),
          new Dimension(100, 5, Optional.of("latitude")),
          new Dimension(100, 4, Optional.empty()));

  private static JsonNode json(String text) throws IOException {
    return new ObjectMapper().readTree(text.replace('\'', '"'));
  }

  private static ManifestSplits splits(String rules) throws IOException {
    return ManifestSplitting.parse(json("{'split_sizes':" + rules + "}"), HERE)
        .splits(new NodePath("/group/t2m"), DIMENSIONS);
  }

  private static List<Long> sizes(String rules) throws IOException {
    return splits(rules).dimensions().stream().map(ManifestSplits.Cuts::parts).toList();
  }

  @Test
  void withoutRulesThereIsOnePart() throws IOException {
    assertThat(
        ManifestSplitting.parse(json("{}"), HERE).splits(ARRAY, DIMENSIONS).dimensions().stream()
            .map(ManifestSplits.Cuts::parts)
            .toList(),
        equalTo(List.of(1L, 1L, 1L)));
  }

  @Test
  void firstRuleThatMatchesArrayAndDimensionCounts() throws IOException {
    String time = "[{'condition':{'DimensionName':'^time$'},'num_chunks':4}]";
    String any = "[{'condition':{'Axis':1},'num_chunks':2},{'condition':'Any','num_chunks':3}]";

    assertThat(
        sizes("[[{'name_matches':{'regex':'^t2'}}," + time + "],['any_array'," + any + "]]"),
        equalTo(List.of(3L, 3L, 2L)));
    assertThat(
        sizes("[[{'path_matches':{'regex':'^/other'}}," + time + "]]"),
        equalTo(List.of(1L, 1L, 1L)));
    assertThat(
        sizes("[[{'and':['any_array',{'or':[{'path_matches':{'regex':'group'}}]}]}," + time + "]]"),
        equalTo(List.of(3L, 1L, 1L)));
  }

  @Test
  void unknownConditionsAreRefused() throws IOException {
    UnsupportedFeatureException refused =
        assertThrows(UnsupportedFeatureException.class, () -> splits("[[{'age':3},[]]]"));

    assertThat(
        refused.getMessage(), containsString("manifest split condition {\"age\":3} in test"));
  }

  @Test
  void everyChunkIsInTheExtentsOfItsPart() throws IOException {
    ManifestSplits splits = splits("[['any_array',[{'condition':'Any','num_chunks':3}]]]");

    for (long i = 0; i < 10; i++) {
      for (long j = 0; j < 5; j++) {
        for (long k = 0; k < 4; k++) {
          ChunkIndex index = ChunkIndex.of(i, j, k);
          Extents extents = splits.extents(splits.part(index).orElseThrow());
          assertThat(extents.contains(index), equalTo(true));
          assertThat(splits.partsOf(extents), equalTo(List.of(splits.part(index).getAsLong())));
        }
      }
    }
    assertThat(splits.part(ChunkIndex.of(10, 0, 0)), equalTo(OptionalLong.empty()));
  }

  @Test
  void appendWritesOnlyTheManifestsOfItsParts() throws IOException {
    Repository repository = split(3, 12);
    Session first = repository.writable("main");
    for (int i = 0; i < 10; i++) {
      put(first, "v" + i, i);
    }
    first.commit(CommitRequest.of("ten"));
    List<ManifestRef> before = manifests(repository);
    Session second = repository.writable("main");
    put(second, "v10", 10);

    second.commit(CommitRequest.of("eleven"));

    List<ManifestRef> after = manifests(repository);
    assertThat(before, hasSize(4));
    assertThat(after, hasSize(4));
    assertThat(after, hasItems(before.get(0), before.get(1), before.get(2)));
    assertThat(after, not(hasItems(before.get(3))));
    assertThat(main(repository).snapshot().manifests(), hasSize(4));
    for (int i = 0; i < 11; i++) {
      assertThat(chunk(main(repository), i), equalTo("v" + i));
    }
  }

  @Test
  void changedRulesCutOldManifestsWithoutLosingChunks() throws IOException {
    Repository repository = split(12, 12);
    Session first = repository.writable("main");
    for (int i = 0; i < 12; i++) {
      put(first, "v" + i, i);
    }
    first.commit(CommitRequest.of("twelve"));
    repository.setConfig(config(5));
    Session second = repository.writable("main");
    put(second, "new", 6);

    second.commit(CommitRequest.of("cut"));

    assertThat(manifests(repository), hasSize(3));
    for (int i = 0; i < 12; i++) {
      assertThat(chunk(main(repository), i), equalTo(i == 6 ? "new" : "v" + i));
    }
  }

  @Test
  void manifestsOfACommitAreWrittenAtTheSameTime() throws IOException {
    CyclicBarrier allAtOnce = new CyclicBarrier(4);
    ObjectStore store =
        new DelegatingStore(new MemoryObjectStore()) {
          @Override
          public ObjectStat put(ObjectPath path, List<ByteBuffer> parts) throws IOException {
            if (path.startsWith(RepositoryFiles.MANIFESTS)) {
              await(allAtOnce);
            }
            return super.put(path, parts);
          }
        };
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      Repository repository =
          Repository.create(store, config(3), TestRepositories.SETTINGS.withExecutor(threads));
      Session session = repository.writable("main");
      session.setMetadata(ARRAY, array(12));
      for (int i = 0; i < 12; i++) {
        put(session, "v" + i, i);
      }

      session.commit(CommitRequest.of("twelve"));

      assertThat(manifests(repository), hasSize(4));
    } finally {
      threads.shutdownNow();
    }
  }

  private static void await(CyclicBarrier barrier) throws IOException {
    try {
      barrier.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException alone) {
      throw new IOException("no other manifest is written meanwhile", alone);
    }
  }

  @Test
  void manifestsOfOthersAreTakenAsTheyAre() throws IOException {
    Repository repository = split(3, 12);
    Session session = repository.writable("main");
    WrittenManifest written = writtenByOthers(session, repository, 4, "four");
    session.setManifests(ARRAY, List.of(written));
    String inSession = chunk(session, 4);

    session.commit(CommitRequest.of("planned"));

    assertThat(inSession, equalTo("four"));
    assertThat(chunk(main(repository), 4), equalTo("four"));
    assertThat(manifests(repository), equalTo(List.of(written.ref().orElseThrow())));
  }

  @Test
  void manifestsOfOthersAreWrittenAgainWhenTheArrayChangedMeanwhile() throws IOException {
    Repository repository = split(3, 12);
    Session session = repository.writable("main");
    session.setManifests(ARRAY, List.of(writtenByOthers(session, repository, 4, "four")));
    Session other = repository.writable("main");
    put(other, "three", 3);
    other.commit(CommitRequest.of("meanwhile"));

    session.commit(CommitRequest.of("planned"));

    assertThat(chunk(main(repository), 3), equalTo("three"));
    assertThat(chunk(main(repository), 4), equalTo("four"));
    Diff diff = repository.diff(Version.snapshot(other.snapshot().id()), Version.branch("main"));
    assertThat(diff.updatedChunks().get(ARRAY), equalTo(List.of(ChunkIndex.of(4))));
  }

  @Test
  void chunkWrittenTwiceIsOneObject() throws IOException {
    Repository repository = split(3, 12);
    ChunkWriter writer = new ChunkWriter(repository.files(), "run");
    ChunkIndex index = ChunkIndex.of(1);

    var first = writer.put(ARRAY, index, TestRepositories.bytes("same"));
    var again = writer.put(ARRAY, index, TestRepositories.bytes("same"));
    var elsewhere = writer.put(ARRAY, ChunkIndex.of(2), TestRepositories.bytes("same"));
    var otherRun =
        new ChunkWriter(repository.files(), "later")
            .put(ARRAY, index, TestRepositories.bytes("same"));

    assertThat(again, equalTo(first));
    assertThat(List.of(elsewhere.id(), otherRun.id()), not(hasItems(first.id())));
    assertThat(otherRun.id(), not(equalTo(elsewhere.id())));
  }

  private static WrittenManifest writtenByOthers(
      Session session, Repository repository, long at, String text) throws IOException {
    ManifestPlan plan = session.manifestPlan(ARRAY);
    ChunkIndex index = ChunkIndex.of(at);
    ChunkWriter writer = new ChunkWriter(repository.files(), "run");
    ChunkChange change =
        ChunkChange.set(index, writer.put(ARRAY, index, TestRepositories.bytes(text)));
    long part = plan.part(index);
    return plan.jobs(List.of(part))
        .get(part)
        .write(repository.files(), List.of(change), TestRepositories.SETTINGS.random());
  }

  private static RepositoryConfig config(int size) throws IOException {
    String rules = "[['any_array',[{'condition':'Any','num_chunks':" + size + "}]]]";
    return RepositoryConfig.DEFAULT.with(
        "manifest", json("{'splitting':{'split_sizes':" + rules + "}}"));
  }

  private static Repository split(int size, long length) throws IOException {
    Repository repository =
        Repository.create(new MemoryObjectStore(), config(size), TestRepositories.SETTINGS);
    Session session = repository.writable("main");
    session.setMetadata(ARRAY, array(length));
    session.commit(CommitRequest.of("array"));
    return repository;
  }

  private static List<ManifestRef> manifests(Repository repository) throws IOException {
    ArrayNode node = (ArrayNode) main(repository).node(ARRAY).orElseThrow();
    List<ManifestRef> manifests = new ArrayList<>(node.manifests());
    manifests.sort(Comparator.comparing(manifest -> manifest.extents().get(0).from()));
    return manifests;
  }
}
