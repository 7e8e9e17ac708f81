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
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One operation of the store fails while something is done: it is done once, or not at all. */
class FaultyCommitTest {
  @ParameterizedTest
  @EnumSource
  void commitIsMadeOnceOrNotAtAll(Fault fault) throws IOException {
    int operations = 0;
    boolean failed = true;
    while (failed) {
      operations++;
      ObjectStore store = new MemoryObjectStore();
      Repository repository = withArray(store, 4);
      FaultyObjectStore faulty = new FaultyObjectStore(store, fault, operations);

      Optional<SnapshotId> made = commit(faulty);

      failed = faulty.failed();
      String where = fault + " at operation " + operations;
      int commits = repository.ancestry(Version.branch("main")).size();
      assertThat(where, commits, equalTo(made.isPresent() ? 3 : 2));
      assertThat(where, chunk(main(repository), 1), equalTo(made.isPresent() ? "one" : "-"));
    }
    assertThat(operations, greaterThan(8));
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
    assertThat(fault.toString(), commits, greaterThan(fault == Fault.REPEATED ? 29 : 20));
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
      Session session = Repository.open(store, SETTINGS).orElseThrow().writable("main");
      put(session, "one", 1);
      return Optional.of(session.commit(CommitRequest.of("one")));
    } catch (IOException failed) {
      return Optional.empty();
    }
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
