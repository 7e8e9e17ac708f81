package dev.firn.update;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.in;

import dev.firn.io.object.MemoryObjectStore;
import dev.firn.io.object.ObjectPath;
import dev.firn.io.object.ObjectStat;
import dev.firn.io.object.ObjectStore;
import dev.firn.update.UpdateOutcome.Status;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process dies after its first change of a store, or its second, and so on to its last. Readers
 * of the primary and of a replica see the old or the new data then, and the next process makes both
 * what an undisturbed one does.
 */
class DeathAtAnyMomentTest {
  private static final String ROOT = "zarr.json";

  @TempDir Path sources;

  private TinyModel model;

  @BeforeEach
  void setUp() throws IOException {
    model = new TinyModel(sources);
    model.publish(0, 0);
    model.publish(1, 0);
  }

  private UpdateHarness on(ObjectStore stores) {
    UpdateHarness harness = new UpdateHarness(model, Path.of("/memory"));
    harness.replicas = 1;
    harness.opener = url -> stores;
    return harness;
  }

  private static Map<String, String> content(ObjectStore stores, String prefix) throws IOException {
    Map<String, String> content = new TreeMap<>();
    for (ObjectStat stat : stores.list(new ObjectPath(prefix))) {
      byte[] bytes = stores.get(stat.path()).orElseThrow().bytes();
      content.put(
          stat.path().value().substring(prefix.length() + 1), HexFormat.of().formatHex(bytes));
    }
    return content;
  }

  private static MemoryObjectStore copy(ObjectStore stores) throws IOException {
    MemoryObjectStore copy = new MemoryObjectStore();
    for (ObjectStat stat : stores.list(ObjectPath.ROOT)) {
      copy.put(stat.path(), stores.get(stat.path()).orElseThrow().bytes());
    }
    return copy;
  }

  private interface Work {
    UpdateOutcome in(UpdateHarness harness) throws IOException;
  }

  @Test
  void backfillSurvives() throws IOException {
    assertSurvives(new MemoryObjectStore(), archive -> archive.backfill("first", 1));
  }

  @Test
  void updateSurvives() throws IOException {
    MemoryObjectStore stores = new MemoryObjectStore();
    on(stores).backfill("first", 1);
    model.publish(0, 1);

    assertSurvives(stores, archive -> archive.update("second", 2));
  }

  private void assertSurvives(ObjectStore before, Work work) throws IOException {
    ObjectStore undisturbed = copy(before);
    work.in(on(undisturbed));
    Map<String, String> old = content(before, "tiny.zarr");
    Map<String, String> whole = content(undisturbed, "tiny.zarr");

    int lifetime = 0;
    while (!survives(copy(before), lifetime, work, List.of(old, whole))) {
      lifetime++;
    }

    assertThat(lifetime, greaterThan(70));
  }

  /** Whether the work ends within {@code lifetime} changes; if not, another process ends it. */
  private boolean survives(
      ObjectStore stores, int lifetime, Work work, List<Map<String, String>> states)
      throws IOException {
    UpdateHarness mortal = on(stores);
    mortal.opener = new DyingProcess(url -> stores, lifetime);
    boolean survived = true;
    try {
      work.in(mortal);
    } catch (DyingProcess.Died died) {
      survived = false;
    }
    assertReadersSeeTheOldOrTheNew(stores, "tiny.zarr", states);
    assertReadersSeeTheOldOrTheNew(stores, "replica-0.zarr", states);
    String newRoot = states.get(1).getOrDefault(ROOT, "");
    if (content(stores, "tiny.zarr").getOrDefault(ROOT, "").equals(newRoot)) {
      assertThat("replicas first", content(stores, "replica-0.zarr").get(ROOT), equalTo(newRoot));
    }

    UpdateOutcome outcome = work.in(on(stores));

    String when = "died after change " + lifetime;
    assertThat(when, outcome.status(), equalTo(Status.PUBLISHED));
    assertThat(when, content(stores, "tiny.zarr"), equalTo(states.get(1)));
    assertThat(when, content(stores, "replica-0.zarr"), equalTo(states.get(1)));
    assertThat(
        when,
        content(stores, "_internal/tiny.zarr").keySet().stream()
            .filter(name -> !name.endsWith("done.json"))
            .toList(),
        equalTo(List.of()));
    return survived;
  }

  /** The root is the old or the new; under the new one every object is as it will be. */
  private static void assertReadersSeeTheOldOrTheNew(
      ObjectStore stores, String store, List<Map<String, String>> states) throws IOException {
    Map<String, String> content = content(stores, store);
    List<String> roots = states.stream().map(state -> state.getOrDefault(ROOT, "")).toList();
    assertThat(content.getOrDefault(ROOT, ""), in(roots));
    if (content.getOrDefault(ROOT, "").equals(roots.get(1))) {
      assertThat(content, equalTo(states.get(1)));
    }
  }
}
