package dev.firn.io.icechunk;

import static dev.firn.io.icechunk.TestRepositories.SETTINGS;
import static dev.firn.io.icechunk.TestRepositories.withArray;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.firn.io.icechunk.format.SnapshotId;
import dev.firn.io.icechunk.format.Update;
import dev.firn.io.object.DelegatingStore;
import dev.firn.io.object.MemoryObjectStore;
import dev.firn.io.object.ObjectPath;
import dev.firn.io.object.ObjectStat;
import dev.firn.io.object.ObjectStore;
import dev.firn.io.object.PutCondition;
import dev.firn.io.object.StoredObject;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RepoUpdatesTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void timesGoForwardWhenTheClockDoesNot() throws IOException {
    RepositorySettings settings = SETTINGS.withClock(Clock.fixed(NOW, ZoneOffset.UTC));
    Repository repository =
        Repository.create(
            new DatedStore(new MemoryObjectStore(), time -> NOW),
            RepositoryConfig.DEFAULT,
            settings);

    repository.createTag("a", SnapshotId.INITIAL);
    repository.createTag("b", SnapshotId.INITIAL);
    repository.writable("main").commit(CommitRequest.of("empty").allowingEmpty());

    assertThat(
        repository.operations().stream().map(Update::at).toList(),
        equalTo(List.of(NOW.plusNanos(3000), NOW.plusNanos(2000), NOW.plusNanos(1000), NOW)));
    assertThat(
        repository.ancestry(Version.branch("main")).get(0).flushedAt(),
        equalTo(NOW.plusNanos(1000)));
  }

  @Test
  void everyUpdateLeavesACopyOfTheFileBefore() throws IOException {
    ObjectStore store = new DatedStore(new MemoryObjectStore(), time -> NOW);
    Repository repository =
        Repository.create(
            store, RepositoryConfig.DEFAULT, SETTINGS.withClock(Clock.fixed(NOW, ZoneOffset.UTC)));
    byte[] before = store.get(RepositoryFiles.REPO).orElseThrow().bytes();

    repository.createTag("a", SnapshotId.INITIAL);

    ObjectPath copy = store.list(RepositoryFiles.OVERWRITTEN).get(0).path();
    assertThat(store.get(copy).orElseThrow().bytes(), equalTo(before));
    assertThat(copy.value(), containsString("overwritten/repo.30736454400000."));
    assertThat(repository.operations().get(1).backupPath(), equalTo(Optional.of(copy.name())));
  }

  @Test
  void whoAlwaysLosesGivesUpAfterSomeTries() throws IOException {
    ObjectStore store = new MemoryObjectStore();
    withArray(store, 1);
    ObjectStore lost =
        new DelegatingStore(store) {
          @Override
          public Optional<ObjectStat> putIf(ObjectPath path, byte[] bytes, PutCondition condition) {
            return Optional.empty();
          }
        };
    List<Duration> pauses = new ArrayList<>();
    Retries retries = new Retries(9, Duration.ofMillis(10), Duration.ofMillis(30), pauses::add);
    Repository repository = Repository.open(lost, SETTINGS.withRetries(retries)).orElseThrow();

    ConflictException refused =
        assertThrows(ConflictException.class, () -> repository.createTag("a", SnapshotId.INITIAL));

    assertThat(refused.getMessage(), containsString("other writers were faster 9 times"));
    assertThat(pauses, hasSize(4));
    pauses.forEach(pause -> assertThat(pause, lessThanOrEqualTo(Duration.ofMillis(30))));
  }

  @Test
  void storeThatStaysSilentLeavesTheStateUnknown() throws IOException {
    ObjectStore store = new MemoryObjectStore();
    withArray(store, 1);
    ObjectStore silent =
        new DelegatingStore(store) {
          private boolean broken;

          @Override
          public Optional<ObjectStat> putIf(ObjectPath path, byte[] bytes, PutCondition condition)
              throws IOException {
            super.putIf(path, bytes, condition);
            broken = true;
            throw new IOException("connection reset");
          }

          @Override
          public Optional<StoredObject> get(ObjectPath path) throws IOException {
            if (broken) {
              throw new IOException("no route to host");
            }
            return super.get(path);
          }
        };
    Repository repository = Repository.open(silent, SETTINGS).orElseThrow();

    CommitStateUnknownException unknown =
        assertThrows(
            CommitStateUnknownException.class, () -> repository.createTag("a", SnapshotId.INITIAL));

    assertThat(unknown.getMessage(), containsString("Cannot tell whether the change of memory:"));
    assertThat(unknown.getMessage(), containsString("no route to host"));
  }
}
