package dev.firn.update;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.in;
import static org.hamcrest.Matchers.is;

import dev.firn.io.icechunk.Diff;
import dev.firn.io.icechunk.Repository;
import dev.firn.io.icechunk.Version;
import dev.firn.io.icechunk.format.SnapshotInfo;
import dev.firn.update.DisturbedProcess.Disturbance;
import dev.firn.update.UpdateOutcome.Status;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A process dies before its first operation on a store, or its second, and so on to its last, or
 * loses the answer to it. Readers of each store see what they are promised then, and the next
 * process makes of all stores what an undisturbed one does.
 */
class DeathAtAnyMomentTest {
  private static final String ROOT = "zarr.json";
  private static final Logger LOG = System.getLogger(DeathAtAnyMomentTest.class.getName());

  /** What readers of an archive's stores see. */
  private enum Shown {
    OLD,
    /** Some replicas show the new data, the primary the old. */
    NEW_IN_REPLICAS,
    NEW
  }

  @TempDir Path sources;

  private TinyModel model;

  /** The replicas in their order, then the primary: as readers are shown the new data. */
  private List<String> stores;

  private final Map<String, Map<String, String>> before = new HashMap<>();
  private final Map<String, Map<String, String>> after = new HashMap<>();
  private final Map<String, Diff> commits = new HashMap<>();
  private MemoryStores base;
  private int publications;
  private int stride = 1;

  @BeforeEach
  void setUp() throws IOException {
    model = TinyModel.ofTwoGroups(sources);
    assertThat(VariableGroups.variableGroupCount(model.template().spec()), equalTo(2));
    model.publish(0, 0);
    model.publish(1, 0);
  }

  private interface Work {
    UpdateOutcome in(UpdateHarness harness) throws IOException;
  }

  @ParameterizedTest
  @CsvSource({"icechunk, zarr", "zarr, icechunk"})
  void backfillSurvivesDeath(String primary, String replicas) throws IOException {
    archiveIn(primary, replicas);
    base = new MemoryStores();
    publications = 1;

    int points = pointsSurvived(Disturbance.DEATH, archive -> archive.backfill("first", 1));

    assertThat(points, greaterThan(150));
  }

  @ParameterizedTest
  @CsvSource({"icechunk, icechunk zarr", "zarr, icechunk"})
  void updateSurvivesDeath(String primary, String replicas) throws IOException {
    assertThat(pointsUpdateSurvives(Disturbance.DEATH, primary, replicas), greaterThan(250));
  }

  @Tag("long")
  @ParameterizedTest
  @CsvSource({"icechunk, icechunk zarr", "zarr, icechunk"})
  void updateSurvivesLostAnswers(String primary, String replicas) throws IOException {
    assertThat(pointsUpdateSurvives(Disturbance.LOST_ANSWER, primary, replicas), greaterThan(250));
  }

  private int pointsUpdateSurvives(Disturbance disturbance, String primary, String replicas)
      throws IOException {
    archiveIn(primary, replicas);
    base = new MemoryStores();
    on(base).backfill("first", 1);
    model.publish(0, 1);
    publications = 2;

    return pointsSurvived(disturbance, archive -> archive.update("second", 2));
  }

  /** Others have published meanwhile, another forecast: the update goes on top of that. */
  @Tag("long")
  @ParameterizedTest
  @EnumSource
  void publicationOnTopOfOthersSurvives(Disturbance disturbance) throws IOException {
    assertThat(pointsOnTopSurvives(disturbance, 1), greaterThan(100));
  }

  /** Others have published meanwhile, the same forecast: jobs of the update run again. */
  @Tag("long")
  @ParameterizedTest
  @EnumSource
  void jobsThatRunAgainSurvive(Disturbance disturbance) throws IOException {
    assertThat(pointsOnTopSurvives(disturbance, 2), greaterThan(200));
  }

  /** The same, but only every so many operations. */
  @Test
  void jobsThatRunAgainSurviveDeathHereAndThere() throws IOException {
    stride = 11;

    assertThat(pointsOnTopSurvives(Disturbance.DEATH, 2), greaterThan(200));
  }

  /** An update of the second forecast and the third, while others rewrite the first few. */
  private int pointsOnTopSurvives(Disturbance disturbance, long rewritten) throws IOException {
    archiveIn("icechunk", "icechunk");
    base = new MemoryStores();
    on(base).backfill("first", 2);
    model.publish(2, 0);
    UpdateHarness archive = on(base);
    archive.runJobs(archive.replicated(model.update(archive.id("slow"), 3)));
    model.publish(0, 1);
    UpdateRequest rewrite = model.backfill(archive.id("fast"), rewritten);
    archive.run(
        archive.replicated(
            new UpdateRequest(
                rewrite.id(),
                List.of(),
                rewrite.kind(),
                rewrite.filter(),
                true,
                false,
                List.of())));
    publications = 3;

    return pointsSurvived(disturbance, again -> again.update("slow", 3));
  }

  /** A publication that commits straight to main, in one step where there is one store. */
  @ParameterizedTest
  @ValueSource(strings = {"", "icechunk"})
  void livePublicationSurvives(String replicas) throws IOException {
    assertThat(pointsLivePublicationSurvives(Disturbance.DEATH, replicas), greaterThan(50));
  }

  @Tag("long")
  @ParameterizedTest
  @ValueSource(strings = {"", "icechunk"})
  void livePublicationSurvivesLostAnswers(String replicas) throws IOException {
    assertThat(pointsLivePublicationSurvives(Disturbance.LOST_ANSWER, replicas), greaterThan(50));
  }

  private int pointsLivePublicationSurvives(Disturbance disturbance, String replicas)
      throws IOException {
    archiveIn("icechunk", replicas);
    base = new MemoryStores();
    on(base).backfill("first", 1);
    publications = 2;
    List<Duration> leads = model.template().spec().leadTimes().values();

    return pointsSurvived(
        disturbance,
        archive -> archive.run(archive.replicated(model.live(archive.id("live"), 1, leads))));
  }

  private void archiveIn(String primaryFormat, String replicaFormats) {
    stores = new ArrayList<>();
    for (String format : replicaFormats.split(" ")) {
      if (!format.isEmpty()) {
        stores.add("replica-" + stores.size() + "." + format);
      }
    }
    stores.add("tiny." + primaryFormat);
  }

  private UpdateHarness on(MemoryStores content) {
    UpdateHarness harness = new UpdateHarness(model, MemoryStores.BASE);
    List<String> formats =
        stores.stream().map(store -> store.substring(store.indexOf('.') + 1)).toList();
    harness.primaryFormat = formats.get(formats.size() - 1);
    harness.replicas = formats.subList(0, formats.size() - 1);
    harness.opener = content;
    return harness;
  }

  /** After how many numbers of operations the work was disturbed, and survived. */
  private int pointsSurvived(Disturbance disturbance, Work work) throws IOException {
    MemoryStores undisturbed = base.copy();
    work.in(on(undisturbed));
    for (String store : stores) {
      before.put(store, base.content(store));
      after.put(store, undisturbed.content(store));
      Optional<Repository> repository = undisturbed.repository(store);
      if (repository.isPresent()) {
        commits.put(store, newest(repository.get()));
      }
    }

    Map<Shown, Integer> points = new EnumMap<>(Shown.class);
    int point = 0;
    for (Optional<Shown> shown = shown(point, disturbance, work);
        shown.isPresent();
        shown = shown(point += stride, disturbance, work)) {
      points.merge(shown.get(), 1, Integer::sum);
    }

    LOG.log(Level.INFO, "{0}, {1}: {2} crash points, {3}", stores, disturbance, point, points);
    Set<Shown> possible = EnumSet.allOf(Shown.class);
    possible.removeIf(shown -> shown == Shown.NEW_IN_REPLICAS && stores.size() == 1);
    assertThat(points.keySet(), equalTo(possible));
    return point;
  }

  /**
   * What readers see when the work was disturbed after so many operations; empty if it was done by
   * then. Another process ends it.
   */
  private Optional<Shown> shown(int operations, Disturbance disturbance, Work work)
      throws IOException {
    MemoryStores content = base.copy();
    DisturbedProcess process = new DisturbedProcess(content, operations, disturbance);
    UpdateHarness first = on(content);
    first.opener = process;
    try {
      work.in(first);
    } catch (DisturbedProcess.Killed | IOException disturbed) {
      assertThat("it ended by itself: " + disturbed, process.wasDisturbed(), is(true));
    }
    String when = disturbance + " after " + operations + " operations: ";
    List<String> showNew = new ArrayList<>();
    for (String store : stores) {
      assertLedgerIsOfTheData(when + store, content, store);
      if (isNew(when + store, content, store)) {
        showNew.add(store);
      }
    }
    assertThat(when, showNew, equalTo(stores.subList(0, showNew.size())));

    DisturbedProcess second = DisturbedProcess.undisturbed(content);
    UpdateHarness retry = on(content);
    retry.opener = second;
    UpdateOutcome outcome = work.in(retry);

    assertThat(when, outcome.status(), equalTo(Status.PUBLISHED));
    assertWhole(when, content);
    List<String> again = second.changes().stream().filter(url -> isContent(url, showNew)).toList();
    assertThat(when + "what is published stays", again, is(empty()));
    return process.wasDisturbed() ? Optional.of(shown(showNew)) : Optional.empty();
  }

  /** What is published names a ledger that is there, and that has all files of what is shown. */
  private void assertLedgerIsOfTheData(String when, MemoryStores content, String store)
      throws IOException {
    try (Ledger ledger =
        Ledgers.published(model.template(), MemoryStores.BASE + "/" + store, content)) {
      for (Region region : ledger.regions()) {
        for (LedgerLine line : ledger.lines(region, Instant.now())) {
          assertThat(when, line.state(), equalTo(LedgerState.INGESTED));
        }
      }
    }
  }

  private Shown shown(List<String> showNew) {
    if (showNew.isEmpty()) {
      return Shown.OLD;
    }
    return showNew.equals(stores) ? Shown.NEW : Shown.NEW_IN_REPLICAS;
  }

  /**
   * Whether readers of a store see the new data; if not, they see the old, in Zarr with some of the
   * published shards replaced.
   */
  private boolean isNew(String when, MemoryStores content, String store) throws IOException {
    Map<String, String> old = before.get(store);
    Map<String, String> whole = after.get(store);
    Map<String, String> found = content.content(store);
    if (store.endsWith(".icechunk")) {
      assertThat(when, found, in(List.of(old, whole)));
      return found.equals(whole);
    }
    if (found.getOrDefault(ROOT, "").equals(whole.get(ROOT))) {
      assertThat(when, found, equalTo(whole));
      return true;
    }
    assertThat(when, found.keySet().containsAll(old.keySet()), is(true));
    found.forEach(
        (key, hash) ->
            assertThat(
                when + "/" + key,
                hash,
                in(List.of(old.getOrDefault(key, ""), whole.getOrDefault(key, "")))));
    return false;
  }

  private void assertWhole(String when, MemoryStores content) throws IOException {
    for (String store : stores) {
      assertThat(when, content.content(store), equalTo(after.get(store)));
      Optional<Repository> repository = content.repository(store);
      if (repository.isPresent()) {
        assertThat(when, repository.get().branches().keySet(), equalTo(Set.of("main")));
        assertThat(when, history(repository.get()).size(), equalTo(1 + publications));
        assertThat(when, newest(repository.get()), equalTo(commits.get(store)));
      }
    }
    List<String> left =
        content.content("_internal/" + stores.get(stores.size() - 1)).keySet().stream()
            .filter(name -> !name.endsWith("done.json"))
            .toList();
    assertThat(when, left, is(empty()));
  }

  private static List<SnapshotInfo> history(Repository repository) throws IOException {
    return repository.ancestry(Version.branch("main"));
  }

  /** What the newest commit changed. */
  private static Diff newest(Repository repository) throws IOException {
    Version parent = Version.snapshot(history(repository).get(1).id());
    return repository.diff(parent, Version.branch("main"));
  }

  /** Whether an object is of one of these stores; the branches of a repository do not count. */
  private static boolean isContent(String url, List<String> published) {
    return published.stream()
        .map(store -> MemoryStores.BASE + "/" + store + "/")
        .anyMatch(
            store -> url.startsWith(store) && !url.matches(".*[.]icechunk/(repo|overwritten/.*)"));
  }
}
