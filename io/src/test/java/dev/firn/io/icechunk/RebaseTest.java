package dev.firn.io.icechunk;

import static dev.firn.io.icechunk.TestRepositories.ARRAY;
import static dev.firn.io.icechunk.TestRepositories.GROUP;
import static dev.firn.io.icechunk.TestRepositories.array;
import static dev.firn.io.icechunk.TestRepositories.chunk;
import static dev.firn.io.icechunk.TestRepositories.main;
import static dev.firn.io.icechunk.TestRepositories.withArray;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.firn.io.icechunk.ConflictPolicy.ChunkWinner;
import dev.firn.io.icechunk.format.Bytes;
import dev.firn.io.icechunk.format.ChunkIndex;
import dev.firn.io.icechunk.format.NodePath;
import dev.firn.io.object.MemoryObjectStore;
import dev.firn.io.object.ObjectPath;
import dev.firn.io.object.ObjectStat;
import dev.firn.io.object.ObjectStore;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two sessions begin at the same snapshot, {@code theirs} commits first. */
class RebaseTest {
  private static final NodePath GROUP_PATH = new NodePath("/g");
  private static final Bytes OTHER_GROUP =
      Bytes.utf8("{\"zarr_format\":3,\"node_type\":\"group\",\"attributes\":{\"a\":1}}");

  private final ObjectStore store = new MemoryObjectStore();
  private Repository repository;
  private Session theirs;
  private Session ours;

  @BeforeEach
  void twoSessions() throws IOException {
    repository = withArray(store, 4);
    Session session = repository.writable("main");
    session.setMetadata(GROUP_PATH, GROUP);
    session.setMetadata(GROUP_PATH.resolve("b"), array(2));
    put(session, "zero", 0L);
    session.commit(CommitRequest.of("base"));
    theirs = repository.writable("main");
    ours = repository.writable("main");
  }

  @Test
  void differentChunksOfOneArrayAreBothKept() throws IOException {
    put(theirs, "one", 1);
    put(ours, "two", 2);
    theirs.commit(CommitRequest.of("theirs"));

    ours.commit(CommitRequest.of("ours"));

    Session read = main(repository);
    assertThat(chunk(read, 0) + chunk(read, 1) + chunk(read, 2), equalTo("zeroonetwo"));
  }

  @Test
  void sameChunkIsAConflictThatNamesIt() throws IOException {
    put(theirs, "theirs", 1);
    put(ours, "ours", 1);
    theirs.commit(CommitRequest.of("theirs"));

    ConflictException refused = refused();

    assertThat(
        refused.conflicts(),
        contains(new Conflict.ChunksUpdatedTwice(ARRAY, List.of(ChunkIndex.of(1)))));
    assertThat(refused.getMessage(), containsString("chunks=[1]"));
    assertThat(chunk(main(repository), 1), equalTo("theirs"));
  }

  @Test
  void policyChoosesTheChunkOfOneSide() throws IOException {
    put(theirs, "theirs", 1);
    put(ours, "ours", 1);
    put(ours, "two", 2);
    theirs.commit(CommitRequest.of("theirs"));

    ours.commit(
        CommitRequest.of("ours").rebasing(new ConflictPolicy(ChunkWinner.THEIRS, true, true)));

    assertThat(chunk(main(repository), 1), equalTo("theirs"));
    assertThat(chunk(main(repository), 2), equalTo("two"));
    Session third = repository.writable("main");
    put(third, "third", 1);
    put(repository, "fourth");
    third.commit(CommitRequest.of("third").rebasing(ConflictPolicy.OURS));
    assertThat(chunk(main(repository), 1), equalTo("third"));
  }

  private static void put(Repository repository, String text) throws IOException {
    Session session = repository.writable("main");
    TestRepositories.put(session, text, 1);
    session.commit(CommitRequest.of(text));
  }

  private static void put(Session session, String text, long index) throws IOException {
    TestRepositories.put(session, text, index);
  }

  @Test
  void resizedArrayRefusesChunks() throws IOException {
    theirs.setMetadata(ARRAY, array(8));
    put(ours, "ours", 1);
    theirs.commit(CommitRequest.of("theirs"));

    assertThat(refused().conflicts(), contains(new Conflict.ChunksOfUpdatedArray(ARRAY)));
  }

  @Test
  void bothResizingIsAConflict() throws IOException {
    theirs.setMetadata(ARRAY, array(8));
    ours.setMetadata(ARRAY, array(9));
    theirs.commit(CommitRequest.of("theirs"));

    assertThat(refused().conflicts(), contains(new Conflict.MetadataUpdatedTwice(ARRAY)));
  }

  @Test
  void deletedArrayRefusesChunksAndMetadata() throws IOException {
    theirs.delete(ARRAY);
    put(ours, "ours", 1);
    ours.setMetadata(ARRAY, array(9));
    theirs.commit(CommitRequest.of("theirs"));

    assertThat(
        refused().conflicts(),
        contains(
            new Conflict.MetadataOfDeletedNode(ARRAY), new Conflict.ChunksOfDeletedArray(ARRAY)));
  }

  @Test
  void updatedNodesAreDeletedOnlyWhenThePolicySaysSo() throws IOException {
    put(theirs, "theirs", 1);
    theirs.setMetadata(GROUP_PATH, OTHER_GROUP);
    ours.delete(ARRAY);
    ours.delete(GROUP_PATH);
    theirs.commit(CommitRequest.of("theirs"));

    ConflictException refused = refused();
    ours.commit(CommitRequest.of("ours").rebasing(ConflictPolicy.OURS));

    assertThat(refused.conflicts().size(), equalTo(2));
    assertThat(main(repository).nodes().size(), equalTo(1));
  }

  @Test
  void nodesCreatedByBothAreAConflict() throws IOException {
    NodePath path = new NodePath("/new");
    theirs.setMetadata(path, GROUP);
    ours.setMetadata(path, GROUP);
    theirs.commit(CommitRequest.of("theirs"));

    assertThat(refused().conflicts(), contains(new Conflict.NodeExists(path)));
  }

  @Test
  void nodesInDeletedGroupsAreAConflict() throws IOException {
    theirs.setMetadata(GROUP_PATH.resolve("new"), GROUP);
    ours.delete(GROUP_PATH);
    theirs.commit(CommitRequest.of("theirs"));

    assertThat(
        refused().conflicts(),
        contains(new Conflict.NewNodeInDeletedGroup(GROUP_PATH.resolve("new"))));
  }

  @Test
  void newNodesNeedTheGroupTheyAreIn() throws IOException {
    theirs.delete(GROUP_PATH);
    ours.setMetadata(GROUP_PATH.resolve("new"), GROUP);
    theirs.commit(CommitRequest.of("theirs"));

    assertThat(refused().conflicts(), contains(new Conflict.NewNodeInInvalidGroup(GROUP_PATH)));
  }

  @Test
  void movedNodesCannotBeRebasedOver() throws IOException {
    theirs.move(GROUP_PATH, new NodePath("/h"));
    put(ours, "ours", 1);
    theirs.commit(CommitRequest.of("theirs"));

    assertThat(
        refused().conflicts(),
        contains(
            new Conflict.NodesMoved(GROUP_PATH), new Conflict.NodesMoved(GROUP_PATH.resolve("b"))));
  }

  @Test
  void resetBranchIsAConflict() throws IOException {
    repository.resetBranch(
        "main", repository.ancestry(Version.branch("main")).get(1).id(), Optional.empty());
    put(ours, "ours", 1);

    ConflictException refused = refused();

    assertThat(refused.getMessage(), containsString("the branch was reset or amended"));
    assertThat(refused.conflicts(), empty());
  }

  @Test
  void withoutRebaseAnyOtherCommitIsAConflict() throws IOException {
    put(theirs, "theirs", 1);
    put(ours, "ours", 2);
    theirs.commit(CommitRequest.of("theirs"));

    ConflictException refused =
        assertThrows(
            ConflictException.class, () -> ours.commit(CommitRequest.of("ours").withoutRebase()));

    assertThat(refused.getMessage(), containsString("branch 'main' is at"));
  }

  @Test
  void manifestsThatOthersDidNotTouchAreNotWrittenAgain() throws IOException {
    theirs.setMetadata(new NodePath("/new"), GROUP);
    put(ours, "ours", 2);
    theirs.commit(CommitRequest.of("theirs"));
    int before = manifests();

    ours.commit(CommitRequest.of("ours"));

    assertThat(manifests(), equalTo(before + 1));
  }

  private int manifests() throws IOException {
    List<ObjectStat> found = store.list(new ObjectPath("manifests"));
    return found.size();
  }

  private ConflictException refused() {
    return assertThrows(ConflictException.class, () -> ours.commit(CommitRequest.of("ours")));
  }
}
