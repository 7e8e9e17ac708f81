package dev.firn.io.icechunk;

import static dev.firn.io.icechunk.TestRepositories.ARRAY;
import static dev.firn.io.icechunk.TestRepositories.SETTINGS;
import static dev.firn.io.icechunk.TestRepositories.array;
import static dev.firn.io.icechunk.TestRepositories.chunk;
import static dev.firn.io.icechunk.TestRepositories.main;
import static dev.firn.io.icechunk.TestRepositories.put;
import static dev.firn.io.icechunk.TestRepositories.withArray;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.firn.io.icechunk.format.ChunkIndex;
import dev.firn.io.icechunk.format.NodePath;
import dev.firn.io.icechunk.format.RepoStatus;
import dev.firn.io.icechunk.format.SnapshotId;
import dev.firn.io.icechunk.format.SnapshotInfo;
import dev.firn.io.icechunk.format.Update;
import dev.firn.io.icechunk.format.UpdateType;
import dev.firn.io.object.ObjectPath;
import dev.firn.io.object.ObjectStore;
import dev.firn.io.zarr.ZarrGroup;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a repository promises on every kind of store. */
abstract class RepositoryContract {
  /** An empty store. */
  abstract ObjectStore store() throws IOException;

  @Test
  void committedChunksAreReadAgain() throws IOException {
    Repository repository = withArray(store(), 4, 4);
    Session session = repository.writable("main");
    put(session, "small", 1, 2);
    put(session, "x".repeat(2000), 3, 3);

    SnapshotId id = session.commit(CommitRequest.of("chunks"));

    Session read = main(Repository.open(repository.files().store()).orElseThrow());
    assertThat(read.snapshot().id(), equalTo(id));
    assertThat(chunk(read, 1, 2), equalTo("small"));
    assertThat(chunk(read, 3, 3), equalTo("x".repeat(2000)));
    assertThat(chunk(read, 0, 0), equalTo("-"));
  }

  @Test
  void changesAreSeenInTheSessionAndNowhereElseBeforeTheCommit() throws IOException {
    Repository repository = withArray(store(), 4);
    Session session = repository.writable("main");

    put(session, "one", 1);

    assertThat(chunk(session, 1), equalTo("one"));
    assertThat(chunk(main(repository), 1), equalTo("-"));
  }

  @Test
  void laterCommitsKeepAndReplaceAndDeleteChunks() throws IOException {
    Repository repository = withArray(store(), 4);
    Session first = repository.writable("main");
    put(first, "zero", 0);
    put(first, "one", 1);
    put(first, "two", 2);
    first.commit(CommitRequest.of("first"));
    Session second = repository.writable("main");
    put(second, "ONE", 1);
    second.deleteChunk(ARRAY, ChunkIndex.of(2));

    second.commit(CommitRequest.of("second"));

    Session read = main(repository);
    assertThat(chunk(read, 0), equalTo("zero"));
    assertThat(chunk(read, 1), equalTo("ONE"));
    assertThat(chunk(read, 2), equalTo("-"));
    assertThat(read.snapshot().manifests(), hasSize(1));
  }

  @Test
  void smallerArrayLosesTheChunksOutsideForGood() throws IOException {
    Repository repository = withArray(store(), 4);
    Session first = repository.writable("main");
    put(first, "zero", 0);
    put(first, "three", 3);
    first.commit(CommitRequest.of("first"));
    Session smaller = repository.writable("main");
    smaller.setMetadata(ARRAY, array(2));
    smaller.commit(CommitRequest.of("smaller"));
    Session larger = repository.writable("main");

    larger.setMetadata(ARRAY, array(4));
    larger.commit(CommitRequest.of("larger"));

    Session read = main(repository);
    assertThat(chunk(read, 0), equalTo("zero"));
    assertThat(chunk(read, 3), equalTo("-"));
  }

  @Test
  void emptyCommitIsAnErrorUnlessAllowed() throws IOException {
    Repository repository = withArray(store(), 4);

    IllegalStateException refused =
        assertThrows(
            IllegalStateException.class,
            () -> repository.writable("main").commit(CommitRequest.of("nothing")));
    repository.writable("main").commit(CommitRequest.of("nothing").allowingEmpty());

    assertThat(refused.getMessage(), containsString("the session changed nothing"));
    assertThat(messages(repository), contains("nothing", "array", "Repository initialized"));
  }

  @Test
  void branchesAreCreatedResetAndDeleted() throws IOException {
    Repository repository = withArray(store(), 4);
    SnapshotId tip = repository.lookup(Version.branch("main"));

    repository.createBranch("other", tip);
    repository.resetBranch("other", SnapshotId.INITIAL, Optional.of(tip));
    SnapshotId reset = repository.lookup(Version.branch("other"));
    ConflictException refused =
        assertThrows(
            ConflictException.class, () -> repository.resetBranch("other", tip, Optional.of(tip)));
    repository.deleteBranch("other");

    assertThat(reset, equalTo(SnapshotId.INITIAL));
    assertThat(refused.getMessage(), containsString("it is at 1CECHNKREP0F1RSTCMT0, expected"));
    assertThat(repository.branches().keySet(), equalTo(Set.of("main")));
    assertThrows(IllegalArgumentException.class, () -> repository.deleteBranch("main"));
    assertThrows(IllegalArgumentException.class, () -> repository.deleteBranch("other"));
    assertThrows(ConflictException.class, () -> repository.createBranch("main", tip));
  }

  @Test
  void branchIsDeletedOnlyWhereItIsExpected() throws IOException {
    Repository repository = withArray(store(), 4);
    SnapshotId tip = repository.lookup(Version.branch("main"));
    repository.createBranch("other", tip);

    ConflictException moved =
        assertThrows(
            ConflictException.class, () -> repository.deleteBranch("other", SnapshotId.INITIAL));
    repository.deleteBranch("other", tip);
    ConflictException gone =
        assertThrows(ConflictException.class, () -> repository.deleteBranch("other", tip));

    assertThat(moved.getMessage(), containsString("Cannot delete branch 'other': it is at " + tip));
    assertThat(gone.getMessage(), containsString("there is none, expected " + tip));
    assertThat(repository.branches().keySet(), equalTo(Set.of("main")));
  }

  @Test
  void commitToABranchThatIsGoneIsAConflict() throws IOException {
    Repository repository = withArray(store(), 4);
    SnapshotId tip = repository.lookup(Version.branch("main"));
    Session session = repository.writable("gone", tip);

    ConflictException refused =
        assertThrows(
            ConflictException.class,
            () -> session.commit(CommitRequest.of("late").allowingEmpty()));

    assertThat(
        refused.getMessage(), equalTo("Cannot commit: there is no branch 'gone' (any more)"));
  }

  @Test
  void sessionIsAZarrGroupWithoutListingChunks() throws IOException {
    Repository repository = withArray(store(), 4);

    Optional<ZarrGroup> group = repository.readOnly(Version.branch("main")).group();

    assertThat(
        group.map(opened -> opened.members().keySet()),
        equalTo(
            ZarrGroup.open(repository.readOnly(Version.branch("main")).store(), ObjectPath.ROOT)
                .map(opened -> opened.members().keySet())));
    assertThat(
        repository.readOnly(Version.snapshot(SnapshotId.INITIAL)).group(),
        equalTo(Optional.empty()));
  }

  @Test
  void nameOfADeletedTagIsNeverUsedAgain() throws IOException {
    Repository repository = withArray(store(), 4);
    SnapshotId tip = repository.lookup(Version.branch("main"));
    repository.createTag("v1", tip);
    SnapshotId tagged = repository.lookup(Version.tag("v1"));
    repository.deleteTag("v1");

    ConflictException refused =
        assertThrows(ConflictException.class, () -> repository.createTag("v1", tip));

    assertThat(tagged, equalTo(tip));
    assertThat(refused.getMessage(), containsString("a tag of this name was deleted"));
    assertThat(repository.tags().isEmpty(), is(true));
  }

  @Test
  void snapshotsAreFoundByTime() throws IOException {
    Repository repository = withArray(store(), 4);
    List<SnapshotInfo> ancestry = repository.ancestry(Version.branch("main"));

    SnapshotId then = repository.lookup(Version.asOf("main", ancestry.get(1).flushedAt()));

    assertThat(then, equalTo(ancestry.get(1).id()));
  }

  @Test
  void diffNamesWhatChanged() throws IOException {
    Repository repository = withArray(store(), 4);
    SnapshotId before = repository.lookup(Version.branch("main"));
    Session session = repository.writable("main");
    put(session, "one", 1);
    session.setMetadata(new NodePath("/b"), array(1));
    session.commit(CommitRequest.of("one"));

    Diff diff = repository.diff(Version.snapshot(before), Version.branch("main"));

    assertThat(diff.newArrays(), contains(new NodePath("/b")));
    assertThat(diff.updatedChunks().get(ARRAY).toString(), equalTo("[1]"));
    assertThat(diff.newGroups().isEmpty(), is(true));
  }

  @Test
  void diffNamesTheChunksOfTheLaterOfTwoArraysAtOnePath() throws IOException {
    Repository repository = withArray(store(), 4);
    Version before = Version.snapshot(repository.lookup(Version.branch("main")));
    for (int i = 0; i < 8; i++) { // whatever the order of the ids
      Session session = repository.writable("main");
      put(session, "old", 1);
      session.commit(CommitRequest.of("old"));
      Session next = repository.writable("main");
      next.delete(ARRAY);
      next.setMetadata(ARRAY, array(4));
      put(next, "new", 2);
      next.commit(CommitRequest.of("new"));

      Diff diff = repository.diff(before, Version.branch("main"));

      assertThat(diff.updatedChunks().get(ARRAY).toString(), equalTo("[2]"));
      before = Version.snapshot(repository.lookup(Version.branch("main")));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"READ_ONLY", "OFFLINE"})
  void repositoryThatIsNotOnlineRefusesWritersUntilItIsAgain(RepoStatus.Availability status)
      throws IOException {
    Repository repository = withArray(store(), 4);
    Session session = repository.writable("main");
    put(session, "one", 1);
    repository.setStatus(status, Optional.of("moving house"));

    IllegalStateException refused =
        assertThrows(
            IllegalStateException.class, () -> session.commit(CommitRequest.of("refused")));
    repository.setStatus(RepoStatus.Availability.ONLINE, Optional.empty());
    session.commit(CommitRequest.of("accepted"));

    assertThat(refused.getMessage(), containsString("it is " + status + " since "));
    assertThat(refused.getMessage(), containsString("because: moving house"));
    assertThat(chunk(main(repository), 1), equalTo("one"));
  }

  @Test
  void amendedCommitReplacesTheLastOne() throws IOException {
    Repository repository = withArray(store(), 4);
    Session first = repository.writable("main");
    put(first, "one", 1);
    first.commit(CommitRequest.of("first"));
    Session second = repository.writable("main");
    put(second, "two", 2);

    second.commit(CommitRequest.of("both").amending());

    assertThat(messages(repository), contains("both", "array", "Repository initialized"));
    Session read = main(repository);
    assertThat(chunk(read, 1) + chunk(read, 2), equalTo("onetwo"));
    SnapshotId parent = repository.ancestry(Version.branch("main")).get(1).id();
    Diff diff = repository.diff(Version.snapshot(parent), Version.branch("main"));
    assertThat(diff.updatedChunks().get(ARRAY).toString(), equalTo("[1, 2]"));
  }

  @Test
  void operationsLogGoesBackToTheBeginningAcrossFiles() throws IOException {
    ObjectStore store = store();
    RepositoryConfig config =
        RepositoryConfig.DEFAULT.with("num_updates_per_repo_info_file", IntNode.valueOf(2));
    Repository repository = Repository.create(store, config, SETTINGS);
    for (int i = 0; i < 5; i++) {
      repository.setMetadata(Map.of("round", IntNode.valueOf(i)));
    }

    List<Update> operations = repository.operations();

    assertThat(operations, hasSize(6));
    assertThat(operations.get(5).type(), equalTo(new UpdateType.RepoInitialized()));
    assertThat(repository.metadata().get("round"), equalTo(IntNode.valueOf(4)));
  }

  @Test
  void movedGroupsTakeEverythingBelowAlong() throws IOException {
    Repository repository = withArray(store(), 4);
    Session session = repository.writable("main");
    session.setMetadata(new NodePath("/g"), TestRepositories.GROUP);
    session.setMetadata(new NodePath("/g/b"), array(1));
    session.commit(CommitRequest.of("group"));
    Session mover = repository.writable("main");
    mover.move(new NodePath("/g"), new NodePath("/h"));

    mover.commit(CommitRequest.of("moved"));

    Session read = main(repository);
    assertThat(read.node(new NodePath("/h/b")).isPresent(), is(true));
    assertThat(read.node(new NodePath("/g/b")).isPresent(), is(false));
    assertThat(read.nodes(), hasSize(4));
  }

  @Test
  void commitMetadataIsKept() throws IOException {
    Repository repository = withArray(store(), 4);
    Session session = repository.writable("main");
    put(session, "one", 1);

    session.commit(CommitRequest.of("m").withMetadata(Map.of("run", TextNode.valueOf("00Z"))));

    SnapshotInfo tip = repository.ancestry(Version.branch("main")).get(0);
    assertThat(tip.metadata().get("run"), equalTo(TextNode.valueOf("00Z")));
  }

  @Test
  void secondRepositoryInOnePlaceIsRefused() throws IOException {
    ObjectStore store = store();
    boolean before = Repository.exists(store);
    Repository.create(store, RepositoryConfig.DEFAULT, SETTINGS);

    assertThrows(
        ConflictException.class,
        () -> Repository.create(store, RepositoryConfig.DEFAULT, SETTINGS));

    assertThat(before, is(false));
    assertThat(Repository.exists(store), is(true));
  }

  private static List<String> messages(Repository repository) throws IOException {
    return repository.ancestry(Version.branch("main")).stream().map(SnapshotInfo::message).toList();
  }

  @Test
  void committedSessionOnlyReads() throws IOException {
    Repository repository = withArray(store(), 4);
    Session session = repository.writable("main");
    put(session, "one", 1);
    session.commit(CommitRequest.of("one"));

    IllegalStateException refused =
        assertThrows(IllegalStateException.class, () -> put(session, "two", 2));

    assertThat(refused.getMessage(), containsString("the session only reads"));
    assertThat(session.branch(), not(equalTo(Optional.of("main"))));
  }
}
