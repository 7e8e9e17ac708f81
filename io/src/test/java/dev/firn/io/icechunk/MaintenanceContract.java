package dev.firn.io.icechunk;

import static dev.firn.io.icechunk.TestRepositories.chunk;
import static dev.firn.io.icechunk.TestRepositories.main;
import static dev.firn.io.icechunk.TestRepositories.put;
import static dev.firn.io.icechunk.TestRepositories.withArray;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.firn.io.icechunk.format.SnapshotId;
import dev.firn.io.icechunk.format.SnapshotInfo;
import dev.firn.io.icechunk.maintenance.Expiration;
import dev.firn.io.icechunk.maintenance.Expired;
import dev.firn.io.icechunk.maintenance.Garbage;
import dev.firn.io.icechunk.maintenance.GarbageCollection;
import dev.firn.io.icechunk.maintenance.GarbageLimit;
import dev.firn.io.icechunk.maintenance.Progress;
import dev.firn.io.icechunk.maintenance.StoreClock;
import dev.firn.io.icechunk.maintenance.Verification;
import dev.firn.io.icechunk.maintenance.Workers;
import dev.firn.io.object.DelegatingStore;
import dev.firn.io.object.ObjectPath;
import dev.firn.io.object.ObjectStat;
import dev.firn.io.object.ObjectStore;
import dev.firn.io.object.PutCondition;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What maintenance promises on every kind of store. */
abstract class MaintenanceContract {
  private static final int MANY = 2000;

  private ObjectStore store;
  private Repository repository;

  /** An empty store. */
  abstract ObjectStore store() throws IOException;

  @BeforeEach
  void createRepository() throws IOException {
    store = store();
    repository = withArray(store, 4);
  }

  /** Sets chunk 0 of main, too large to be stored in a manifest. */
  private SnapshotId commit(String text) throws IOException {
    return commit("main", text);
  }

  private SnapshotId commit(String branch, String text) throws IOException {
    Session session = repository.writable(branch);
    put(session, text.repeat(MANY), 0);
    return session.commit(CommitRequest.of(text));
  }

  /** A time by the store's clock that is apart from what happens before and after. */
  private Instant between() throws IOException {
    pause();
    Instant now = StoreClock.now(store);
    pause();
    return now;
  }

  private static void pause() throws IOException {
    Retries.DEFAULT.pause().of(Duration.ofMillis(25));
  }

  private Garbage collect(GarbageLimit limit) throws IOException {
    return new GarbageCollection(repository, limit, Workers.ONE, Progress.NONE).run();
  }

  private Garbage collectAll() throws IOException {
    return collect(GarbageLimit.whileNobodyReads(between()));
  }

  private void assertWhole() throws IOException {
    assertThat(new Verification(store, Workers.ONE, Progress.NONE).run().findings(), is(empty()));
  }

  private List<ObjectPath> objects() throws IOException {
    return store.list(ObjectPath.ROOT).stream().map(ObjectStat::path).toList();
  }

  private List<SnapshotId> history(String branch) throws IOException {
    return repository.ancestry(Version.branch(branch)).stream().map(SnapshotInfo::id).toList();
  }

  @Test
  void expiredSnapshotsLeaveTheHistoryAndTheirFilesAreCollected() throws IOException {
    commit("a");
    SnapshotId old = commit("b");
    Instant limit = between();
    SnapshotId tip = commit("c");

    Expired expired = Expiration.of(limit).run(repository);
    Garbage garbage = collect(GarbageLimit.whileNobodyReads(limit));

    assertThat(expired.released().size(), is(3));
    assertThat(expired.edited(), contains(tip));
    assertThat(history("main"), contains(tip, SnapshotId.INITIAL));
    assertThat(garbage.snapshots().objects(), is(3L));
    assertThat(garbage.transactionLogs().objects(), is(0L));
    assertThat(garbage.manifests().objects(), is(2L));
    assertThat(garbage.chunks(), equalTo(new Garbage.Count(2, 2L * MANY)));
    assertThat(chunk(main(repository), 0), equalTo("c".repeat(MANY)));
    assertThat(objects(), not(hasItem(RepositoryFiles.path(RepositoryFiles.SNAPSHOTS, old))));
    assertWhole();
  }

  @Test
  void expiryKeepsTheLogsThatTellWhatChanged() throws IOException {
    SnapshotId a = commit("a");
    SnapshotId b = commit("b");
    Instant limit = between();
    SnapshotId tip = commit("c");
    Diff before = repository.diff(Version.snapshot(SnapshotId.INITIAL), Version.branch("main"));

    Expiration.of(limit).run(repository);
    Expiration.of(between()).run(repository);
    collectAll();

    SnapshotInfo info = repository.ancestry(Version.branch("main")).get(0);
    assertThat(info.id(), equalTo(tip));
    assertThat(info.prunedLogs().subList(1, 3), contains(a, b));
    assertThat(
        repository.diff(Version.snapshot(SnapshotId.INITIAL), Version.branch("main")),
        equalTo(before));
    assertWhole();
  }

  @Test
  void tipsOfBranchesAndTagsStayUnlessTheyAreDeleted() throws IOException {
    SnapshotId tagged = commit("tagged");
    repository.createTag("t", tagged);
    repository.createBranch("b", commit("branch"));
    commit("main");
    Instant limit = between();

    Expired kept = Expiration.of(limit).preview(repository);
    Expired all = new Expiration(limit, true, true, name -> false).run(repository);

    assertThat(kept.released().contains(tagged), is(false));
    assertThat(kept.deletedTags(), is(empty()));
    assertThat(all.deletedBranches(), contains("b"));
    assertThat(all.deletedTags(), contains("t"));
    assertThat(all.released().contains(tagged), is(true));
    assertThat(repository.branches().keySet(), contains("main"));
    assertThat(
        assertThrows(ConflictException.class, () -> repository.createTag("t", SnapshotId.INITIAL))
            .getMessage(),
        containsString("a tag of this name was deleted"));
  }

  @Test
  void sparedBranchKeepsItsOwnCommitsAndTheOneWhereItBegan() throws IOException {
    commit("a");
    SnapshotId began = commit("b");
    repository.createBranch("_job_x", began);
    SnapshotId first = commit("_job_x", "j");
    SnapshotId second = commit("_job_x", "k");
    SnapshotId tip = commit("c");
    Instant limit = between();

    Expired expired =
        new Expiration(limit, true, true, name -> name.startsWith("_job_")).run(repository);

    assertThat(expired.deletedBranches(), is(empty()));
    assertThat(history("_job_x"), contains(second, first, began, SnapshotId.INITIAL));
    assertThat(history("main"), contains(tip, began, SnapshotId.INITIAL));
    collectAll();
    assertWhole();
  }

  @Test
  void sessionYoungerThanTheLimitCommitsAfterwards() throws IOException {
    commit("a");
    Instant limit = between();
    Session session = repository.writable("main");
    put(session, "new".repeat(MANY), 1);
    commit("others");

    collect(GarbageLimit.beforeOpenSessions(limit));

    session.commit(CommitRequest.of("late").rebasing(ConflictPolicy.FAIL));
    assertThat(chunk(main(repository), 1), equalTo("new".repeat(MANY)));
    assertThat(chunk(main(repository), 0), equalTo("others".repeat(MANY)));
    assertWhole();
  }

  @Test
  void whatLeftTheHistorySinceTheLimitStaysWhileSessionsMayBeOpen() throws IOException {
    SnapshotId reset = commit("reset");
    repository.createTag("t", reset);
    Instant limit = between();
    Session tag = repository.readOnly(Version.tag("t"));
    repository.deleteTag("t");
    commit("newer");
    Session expiring = repository.readOnly(Version.branch("main"));
    commit("newest");
    Expiration.of(between()).run(repository);

    Garbage whileOpen = collect(GarbageLimit.beforeOpenSessions(limit));
    assertThat(whileOpen.total(), equalTo(new Garbage.Count(0, 0)));
    assertThat(chunk(tag, 0), equalTo("reset".repeat(MANY)));
    assertThat(chunk(expiring, 0), equalTo("newer".repeat(MANY)));

    Garbage later = collect(GarbageLimit.beforeOpenSessions(between()));
    assertThat(later.chunks().objects(), is(2L));
    assertWhole();
  }

  @Test
  void previewChangesNothingAndCountsTheSame() throws IOException {
    SnapshotId a = commit("a");
    commit("b");
    repository.resetBranch("main", a, Optional.empty());
    List<ObjectPath> before = objects();
    Instant limit = between();
    GarbageLimit all = GarbageLimit.whileNobodyReads(limit);

    Garbage preview = new GarbageCollection(repository, all, Workers.ONE, Progress.NONE).preview();

    assertThat(objects(), equalTo(before));
    assertThat(preview.snapshots().objects(), is(1L));
    assertThat(collect(all), equalTo(preview));
  }

  @Test
  void youngSnapshotThatNothingReachesStaysOnTheNearestAncestorThatDoes() throws IOException {
    SnapshotId a = commit("a");
    commit("b");
    SnapshotId c = commit("c");
    Instant limit = between();
    SnapshotId young = commit("d");
    repository.resetBranch("main", a, Optional.empty());

    Garbage garbage = collect(GarbageLimit.whileNobodyReads(limit));

    assertThat(garbage.snapshots().objects(), is(2L));
    SnapshotInfo kept = repository.info().snapshots().get(young);
    assertThat(kept.parent(), equalTo(Optional.of(a)));
    assertThat(kept.prunedLogs().get(1), equalTo(c));
    repository.createTag("rescued", young);
    assertThat(chunk(repository.readOnly(Version.tag("rescued")), 0), equalTo("d".repeat(MANY)));
    assertWhole();
  }

  @Test
  void tagMadeMeanwhileSavesItsSnapshot() throws IOException {
    SnapshotId a = commit("a");
    SnapshotId b = commit("b");
    repository.resetBranch("main", a, Optional.empty());
    Instant limit = between();
    ObjectStore hooked = new TaggingStore(store, repository, b);

    new GarbageCollection(
            Repository.open(hooked, TestRepositories.SETTINGS).orElseThrow(),
            GarbageLimit.whileNobodyReads(limit),
            Workers.ONE,
            Progress.NONE)
        .run();

    assertThat(chunk(repository.readOnly(Version.tag("late")), 0), equalTo("b".repeat(MANY)));
    assertWhole();
  }

  /** Creates a tag just before the repo info file is replaced for the first time. */
  private static final class TaggingStore extends DelegatingStore {
    private final Repository repository;
    private final SnapshotId snapshot;
    private boolean done;

    TaggingStore(ObjectStore store, Repository repository, SnapshotId snapshot) {
      super(store);
      this.repository = repository;
      this.snapshot = snapshot;
    }

    @Override
    public Optional<ObjectStat> putIf(ObjectPath path, byte[] bytes, PutCondition condition)
        throws IOException {
      if (!done) {
        done = true;
        repository.createTag("late", snapshot);
      }
      return super.putIf(path, bytes, condition);
    }
  }

  @Test
  void collectionThatDiesLeavesAWholeRepositoryAndGoesOnWhenRepeated() throws IOException {
    SnapshotId a = commit("a");
    commit("b");
    commit("c");
    repository.resetBranch("main", a, Optional.empty());
    GarbageLimit limit = GarbageLimit.whileNobodyReads(between());
    int at = 0;
    boolean failed = true;
    while (failed) {
      at++;
      FaultyObjectStore faulty = new FaultyObjectStore(store, FaultyObjectStore.Fault.BEFORE, at);
      try {
        Repository opened = Repository.open(faulty, TestRepositories.SETTINGS).orElseThrow();
        new GarbageCollection(opened, limit, Workers.ONE, Progress.NONE).run();
        failed = faulty.failed();
      } catch (IOException died) {
        assertWhole();
      }
    }

    assertThat(store.list(RepositoryFiles.CHUNKS).size(), is(1));
    assertThat(store.list(RepositoryFiles.SNAPSHOTS).size(), is(3));
    assertThat(store.list(RepositoryFiles.MANIFESTS).size(), is(1));
    assertThat(chunk(main(repository), 0), equalTo("a".repeat(MANY)));
  }

  @Test
  void foreignObjectsStay() throws IOException {
    ObjectPath foreign = RepositoryFiles.CHUNKS.resolve("README.txt");
    store.put(foreign, new byte[1]);

    Garbage garbage = collectAll();

    assertThat(garbage.chunks().objects(), is(0L));
    assertThat(store.stat(foreign).isPresent(), is(true));
  }
}
