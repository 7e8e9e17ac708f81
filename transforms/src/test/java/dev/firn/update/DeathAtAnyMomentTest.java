package dev.firn.update;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.in;

import dev.firn.io.icechunk.Repository;
import dev.firn.io.icechunk.Version;
import dev.firn.update.UpdateOutcome.Status;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A process dies after its first change of a store, or its second, and so on to its last. Readers
 * of the primary and of a replica see the old or the new data then, and the next process makes both
 * what an undisturbed one does.
 */
class DeathAtAnyMomentTest {
  private static final String ROOT = "zarr.json";

  @TempDir Path sources;

  private TinyModel model;
  private String primary;
  private String replica;
  private int publications;

  @BeforeEach
  void setUp() throws IOException {
    model = new TinyModel(sources);
    model.publish(0, 0);
    model.publish(1, 0);
  }

  private void formats(String primaryFormat, String replicaFormat) {
    primary = "tiny." + primaryFormat;
    replica = "replica-0." + replicaFormat;
  }

  private static String formatOf(String store) {
    return store.substring(store.indexOf('.') + 1);
  }

  private UpdateHarness on(MemoryStores stores) {
    UpdateHarness harness = new UpdateHarness(model, MemoryStores.BASE);
    harness.primaryFormat = formatOf(primary);
    harness.replicaFormat = formatOf(replica);
    harness.replicas = 1;
    harness.opener = stores;
    return harness;
  }

  private interface Work {
    UpdateOutcome in(UpdateHarness harness) throws IOException;
  }

  @ParameterizedTest
  @CsvSource({"zarr, zarr", "icechunk, zarr", "zarr, icechunk"})
  void backfillSurvives(String primaryFormat, String replicaFormat) throws IOException {
    formats(primaryFormat, replicaFormat);
    publications = 1;

    assertSurvives(new MemoryStores(), archive -> archive.backfill("first", 1));
  }

  @ParameterizedTest
  @CsvSource({"zarr, zarr", "icechunk, zarr", "zarr, icechunk"})
  void updateSurvives(String primaryFormat, String replicaFormat) throws IOException {
    formats(primaryFormat, replicaFormat);
    publications = 2;
    MemoryStores stores = new MemoryStores();
    on(stores).backfill("first", 1);
    model.publish(0, 1);

    assertSurvives(stores, archive -> archive.update("second", 2));
  }

  private void assertSurvives(MemoryStores before, Work work) throws IOException {
    MemoryStores undisturbed = before.copy();
    work.in(on(undisturbed));

    int lifetime = 0;
    while (!survives(before, undisturbed, lifetime, work)) {
      lifetime++;
    }

    assertThat(lifetime, greaterThan(70));
  }

  /** Whether the work ends within {@code lifetime} changes; if not, another process ends it. */
  private boolean survives(MemoryStores before, MemoryStores undisturbed, int lifetime, Work work)
      throws IOException {
    MemoryStores stores = before.copy();
    UpdateHarness mortal = on(stores);
    mortal.opener = new DyingProcess(stores, lifetime);
    boolean survived = true;
    try {
      work.in(mortal);
    } catch (DyingProcess.Died died) {
      survived = false;
    }
    boolean inPrimary = isNew(stores, primary, before, undisturbed);
    boolean inReplica = isNew(stores, replica, before, undisturbed);
    assertThat("replicas first", inReplica || !inPrimary, equalTo(true));

    UpdateOutcome outcome = work.in(on(stores));

    String when = "died after change " + lifetime;
    assertThat(when, outcome.status(), equalTo(Status.PUBLISHED));
    for (String store : List.of(primary, replica)) {
      assertThat(when, stores.content(store), equalTo(undisturbed.content(store)));
      assertHistory(when, stores.repository(store));
    }
    assertThat(
        when,
        stores.content("_internal/" + primary).keySet().stream()
            .filter(name -> !name.endsWith("done.json"))
            .toList(),
        equalTo(List.of()));
    return survived;
  }

  /** A repository has one snapshot for each publication, and no branch is left. */
  private void assertHistory(String when, Optional<Repository> repository) throws IOException {
    if (repository.isPresent()) {
      assertThat(when, repository.get().branches().keySet(), equalTo(Set.of("main")));
      assertThat(
          when,
          repository.get().ancestry(Version.branch("main")).size(),
          equalTo(1 + publications));
    }
  }

  /** Whether readers see the new data; if not, they see the old. */
  private static boolean isNew(
      MemoryStores stores, String store, MemoryStores before, MemoryStores after)
      throws IOException {
    Map<String, String> old = before.content(store);
    Map<String, String> whole = after.content(store);
    Map<String, String> content = stores.content(store);
    if (store.endsWith(".icechunk")) {
      assertThat(content, in(List.of(old, whole)));
      return content.equals(whole);
    }
    String root = content.getOrDefault(ROOT, "");
    assertThat(root, in(List.of(old.getOrDefault(ROOT, ""), whole.get(ROOT))));
    if (root.equals(whole.get(ROOT))) {
      assertThat(content, equalTo(whole));
    }
    return root.equals(whole.get(ROOT));
  }
}
