package dev.firn.io.icechunk;

import static dev.firn.io.icechunk.TestRepositories.SETTINGS;
import static dev.firn.io.icechunk.TestRepositories.put;
import static dev.firn.io.icechunk.TestRepositories.withArray;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.firn.io.icechunk.format.SnapshotId;
import dev.firn.io.icechunk.maintenance.Garbage;
import dev.firn.io.icechunk.maintenance.GarbageCollection;
import dev.firn.io.icechunk.maintenance.GarbageLimit;
import dev.firn.io.icechunk.maintenance.Progress;
import dev.firn.io.icechunk.maintenance.Workers;
import dev.firn.io.object.MemoryObjectStore;
import dev.firn.io.object.ObjectPath;
import dev.firn.io.object.ObjectStat;
import dev.firn.io.object.ObjectStore;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClockDriftTest {
  private final ObjectStore store = new MemoryObjectStore();

  private ObjectStore dated(long secondsAhead) {
    return new DatedStore(store, time -> time.plusSeconds(secondsAhead));
  }

  @ParameterizedTest
  @ValueSource(longs = {-90, 90})
  void hostWhoseClockIsNotTheStoresDoesNotWrite(long secondsAhead) throws IOException {
    Repository repository = withArray(store, 4);
    Repository drifted = Repository.open(dated(secondsAhead), SETTINGS).orElseThrow();
    Session session = drifted.writable("main");
    put(session, "one", 1);

    IllegalStateException commit =
        assertThrows(
            IllegalStateException.class, () -> session.commit(CommitRequest.of("refused")));
    IllegalStateException tag =
        assertThrows(
            IllegalStateException.class, () -> drifted.createTag("v1", SnapshotId.INITIAL));

    assertThat(
        commit.getMessage(),
        matchesPattern(
            "Cannot write to memory:.*: this host's clock is at 2.*Z, the store's at 2.*Z;"
                + " they may differ by 60 s"));
    assertThat(tag.getMessage(), matchesPattern("Cannot write to memory:.* differ by 60 s"));
    assertThat(repository.ancestry(Version.branch("main")), hasSize(2));
    assertThat(repository.tags().isEmpty(), is(true));
  }

  @ParameterizedTest
  @ValueSource(longs = {-90, 90})
  void refusedCommitLeavesNothingButChunksWhichGarbageCollectionDeletes(long secondsAhead)
      throws IOException {
    Repository repository = withArray(store, 4);
    List<ObjectPath> before = objects();
    Session session = Repository.open(dated(secondsAhead), SETTINGS).orElseThrow().writable("main");
    put(session, "inline", 0);
    put(session, "long ".repeat(1000), 1);

    assertThrows(IllegalStateException.class, () -> session.commit(CommitRequest.of("refused")));
    List<ObjectPath> after = objects();
    GarbageLimit limit = GarbageLimit.whileNobodyReads(Instant.now().plusSeconds(1));
    Garbage garbage = new GarbageCollection(repository, limit, Workers.ONE, Progress.NONE).run();

    assertThat(after, hasSize(before.size() + 1));
    assertThat(garbage.chunks().objects(), is(1L));
    assertThat(objects().containsAll(before), is(true));
    assertThat(store.list(RepositoryFiles.CHUNKS), is(empty()));
  }

  private List<ObjectPath> objects() throws IOException {
    return store.list(ObjectPath.ROOT).stream().map(ObjectStat::path).toList();
  }

  @Test
  void repositoryIsNotCreatedWithAWrongClock() throws IOException {
    assertThrows(
        IllegalStateException.class,
        () -> Repository.create(dated(-90), RepositoryConfig.DEFAULT, SETTINGS));

    assertThat(Repository.exists(store), is(false));
    withArray(store, 4);
  }

  @ParameterizedTest
  @ValueSource(longs = {-50, 50})
  void smallDifferenceIsNoMatter(long secondsAhead) throws IOException {
    Repository repository = withArray(dated(secondsAhead), 4);

    assertThat(repository.ancestry(Version.branch("main")), hasSize(2));
  }
}
