package dev.firn.io.icechunk;

import static dev.firn.io.icechunk.TestRepositories.SETTINGS;
import static dev.firn.io.icechunk.TestRepositories.chunk;
import static dev.firn.io.icechunk.TestRepositories.main;
import static dev.firn.io.icechunk.TestRepositories.put;
import static dev.firn.io.icechunk.TestRepositories.withArray;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;

import dev.firn.io.icechunk.FaultyObjectStore.Fault;
import dev.firn.io.icechunk.format.SnapshotId;
import dev.firn.io.object.MemoryObjectStore;
import dev.firn.io.object.ObjectStore;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * One operation of the store fails or is late while something is done: it is done once, or not at
 * all, and readers see nothing in between.
 */
class FaultyCommitTest {
  private static final List<String> TEXTS = List.of("zero", "one", "two");

  @ParameterizedTest
  @EnumSource
  void failedCommitIsTriedAgainAndIsThereOnce(Fault fault) throws IOException {
    int operations = 0;
    boolean failed = true;
    while (failed) {
      operations++;
      ObjectStore store = new MemoryObjectStore();
      Repository repository = withArray(store, 4);
      FaultyObjectStore faulty =
          new FaultyObjectStore(
              store, fault, operations, () -> commitOf(store, 2), () -> requireConsistent(store));

      boolean made = commit(faulty).isPresent();

      failed = faulty.failed();
      String where = fault + " at operation " + operations;
      int others = failed && fault == Fault.OVERTAKEN ? 1 : 0;
      assertThat(where, commits(repository), equalTo(others + (made ? 3 : 2)));
      if (!made) {
        commitOf(faulty, 1);
      }
      assertThat(where, commits(repository), equalTo(others + 3));
      assertThat(where, repository.operations(), hasSize(others + 3));
      assertThat(where, chunk(main(repository), 1), equalTo("one"));
      assertThat(where, chunk(main(repository), 2), equalTo(others == 1 ? "two" : "-"));
    }
    assertThat(operations, greaterThan(8));
  }

  @ParameterizedTest
  @EnumSource
  void failedCommitOnTopOfAnotherIsTriedAgainAndIsThereOnce(Fault fault) throws IOException {
    int operations = 0;
    boolean failed = true;
    while (failed) {
      operations++;
      ObjectStore store = new MemoryObjectStore();
      Repository repository = withArray(store, 4);
      FaultyObjectStore faulty =
          new FaultyObjectStore(
              store, fault, operations, () -> commitOf(store, 0), () -> requireConsistent(store));

      Optional<Session> session = begun(faulty);
      commitOf(store, 2);
      boolean made = session.isPresent() && isCommitted(session.get());

      failed = faulty.failed();
      String where = fault + " at operation " + operations;
      int others = failed && fault == Fault.OVERTAKEN ? 2 : 1;
      assertThat(where, commits(repository), equalTo(others + (made ? 3 : 2)));
      if (!made) {
        commitOf(faulty, 1);
      }
      assertThat(where, commits(repository), equalTo(others + 3));
      assertThat(where, repository.operations(), hasSize(others + 3));
      Session read = main(repository);
      assertThat(where, chunk(read, 0), equalTo(others == 2 ? "zero" : "-"));
      assertThat(where, chunk(read, 1) + chunk(read, 2), equalTo("onetwo"));
    }
    assertThat(operations, greaterThan(14));
  }

  private static Optional<Session> begun(ObjectStore store) {
    try {
      Session session = Repository.open(store, SETTINGS).orElseThrow().writable("main");
      put(session, TEXTS.get(1), 1);
      return Optional.of(session);
    } catch (IOException failed) {
      return Optional.empty();
    }
  }

  private static boolean isCommitted(Session session) {
    try {
      session.commit(CommitRequest.of(TEXTS.get(1)));
      return true;
    } catch (IOException failed) {
      return false;
    }
  }

  @ParameterizedTest
  @EnumSource
  void failedCreationIsTriedAgainAndThereIsOneRepository(Fault fault) throws IOException {
    int operations = 0;
    boolean failed = true;
    while (failed) {
      operations++;
      ObjectStore store = new MemoryObjectStore();
      FaultyObjectStore faulty =
          new FaultyObjectStore(
              store, fault, operations, () -> isCreated(store), () -> Optional.empty());

      boolean made = isCreated(faulty);

      failed = faulty.failed();
      String where = fault + " at operation " + operations;
      assertThat(where, made || isCreated(faulty) || Repository.exists(store), equalTo(true));
      Repository repository = Repository.open(store, SETTINGS).orElseThrow();
      assertThat(where, commits(repository), equalTo(1));
      assertThat(where, repository.operations(), hasSize(1));
      assertThat(where, main(repository).nodes(), hasSize(0));
    }
    assertThat(operations, greaterThan(5));
  }

  private static boolean isCreated(ObjectStore store) {
    try {
      Repository.create(store, RepositoryConfig.DEFAULT, SETTINGS);
      return true;
    } catch (IOException | ConflictException failed) {
      return false;
    }
  }

  /** Each commit that a reader sees has its chunk, and a chunk is seen only with its commit. */
  private static boolean requireConsistent(ObjectStore store) throws IOException {
    Repository repository = Repository.open(store).orElseThrow();
    Session read = main(repository);
    Set<String> messages = new HashSet<>();
    Version seen = Version.snapshot(read.snapshot().id());
    repository.ancestry(seen).forEach(snapshot -> messages.add(snapshot.message()));
    for (int i = 0; i < TEXTS.size(); i++) {
      assertThat(chunk(read, i), equalTo(messages.contains(TEXTS.get(i)) ? TEXTS.get(i) : "-"));
    }
    return true;
  }

  private static int commits(Repository repository) throws IOException {
    return repository.ancestry(Version.branch("main")).size();
  }

  @ParameterizedTest
  @EnumSource
  void lostReplyOfTheLastPutIsNoError(Fault fault) throws IOException {
    int commits = 0;
    for (int at = 1; at <= 30; at++) {
      ObjectStore store = new MemoryObjectStore();
      withArray(store, 4);
      commits += commit(new FaultyObjectStore(store, fault, at)).isPresent() ? 1 : 0;
    }

    // Reading before the first put, or writing a file of the commit, may fail: nothing was done.
    assertThat(
        fault.toString(),
        commits,
        greaterThan(fault == Fault.REPEATED || fault == Fault.OVERTAKEN ? 29 : 20));
  }

  @ParameterizedTest
  @EnumSource
  void tagIsCreatedOnceOrNotAtAll(Fault fault) throws IOException {
    for (int at = 1; at <= 10; at++) {
      ObjectStore store = new MemoryObjectStore();
      Repository repository = withArray(store, 4);
      boolean made = tag(new FaultyObjectStore(store, fault, at));

      String where = fault + " at operation " + at;
      assertThat(where, repository.tags().containsKey("v1"), equalTo(made));
      assertThat(where, repository.operations(), hasSize(made ? 3 : 2));
    }
  }

  private static Optional<SnapshotId> commit(ObjectStore store) {
    try {
      return Optional.of(commitOf(store, 1));
    } catch (IOException failed) {
      return Optional.empty();
    }
  }

  /** Commits one chunk, whose text is the message. */
  private static SnapshotId commitOf(ObjectStore store, int index) throws IOException {
    Session session = Repository.open(store, SETTINGS).orElseThrow().writable("main");
    put(session, TEXTS.get(index), index);
    return session.commit(CommitRequest.of(TEXTS.get(index)));
  }

  private static boolean tag(ObjectStore store) {
    try {
      Repository.open(store, SETTINGS).orElseThrow().createTag("v1", SnapshotId.INITIAL);
      return true;
    } catch (IOException failed) {
      return false;
    }
  }
}
