package dev.firn.update;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;

import dev.firn.io.icechunk.Repository;
import dev.firn.io.icechunk.Version;
import dev.firn.io.object.ObjectPath;
import dev.firn.update.DisturbedProcess.Disturbance;
import dev.firn.update.UpdateOutcome.Status;
import java.io.IOException;
import java.nio.file.Path;
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

/**
 * An update dies before its first operation, before its second, and so on, and nobody gives its
 * command again. The next update of the archive ends it if readers saw results of it anywhere, and
 * leaves it alone otherwise.
 */
class LeftBehindTest {
  private static final String JOURNALS = "_internal/";

  /** How far the job came that died. */
  private enum Left {
    NOTHING_SHOWN,
    SHOWN,
    ENDED
  }

  @TempDir Path sources;

  private TinyModel model;
  private List<String> replicas;
  private String primaryFormat;
  private MemoryStores base;
  private final Map<String, Map<String, String>> after = new HashMap<>();

  @BeforeEach
  void setUp() throws IOException {
    model = TinyModel.ofTwoGroups(sources);
    model.publish(0, 0);
    model.publish(1, 0);
  }

  private UpdateHarness on(MemoryStores content) {
    UpdateHarness harness = new UpdateHarness(model, MemoryStores.BASE);
    harness.primaryFormat = primaryFormat;
    harness.replicas = replicas;
    harness.opener = content;
    return harness;
  }

  private List<String> stores() {
    UpdateHarness harness = on(base);
    return replicas.isEmpty()
        ? List.of(harness.primary())
        : List.of(harness.primary(), harness.replica(0));
  }

  private void archiveIn(String primary, List<String> others) throws IOException {
    primaryFormat = primary;
    replicas = others;
    base = new MemoryStores();
    on(base).backfill("first", 1);
    model.publish(0, 1);
    MemoryStores undisturbed = base.copy();
    on(undisturbed).update("second", 2);
    for (String store : stores()) {
      after.put(store, undisturbed.content(store));
    }
  }

  @ParameterizedTest
  @CsvSource({"icechunk, zarr", "zarr, icechunk"})
  void nextUpdateEndsWhatReadersSaw(String primary, String replica) throws IOException {
    archiveIn(primary, List.of(replica));

    assertAllEnd(7);
  }

  @Tag("long")
  @ParameterizedTest
  @CsvSource({"icechunk, zarr", "zarr, icechunk", "icechunk, icechunk", "zarr, zarr"})
  void nextUpdateEndsWhatReadersSawAfterDeathAtAnyMoment(String primary, String replica)
      throws IOException {
    archiveIn(primary, List.of(replica));

    assertAllEnd(1);
  }

  private void assertAllEnd(int step) throws IOException {
    Set<Left> seen = EnumSet.noneOf(Left.class);
    boolean died = true;
    for (int operations = 0; died; operations += step) {
      MemoryStores content = base.copy();
      died = dies(content, operations);
      seen.add(assertEnds("after " + operations + " operations", content));
    }
    assertThat(seen, equalTo(EnumSet.allOf(Left.class)));
  }

  private boolean dies(MemoryStores content, int operations) throws IOException {
    DisturbedProcess process = new DisturbedProcess(content, operations, Disturbance.DEATH);
    UpdateHarness archive = on(content);
    archive.opener = process;
    try {
      archive.update("second", 2);
    } catch (DisturbedProcess.Killed killed) {
      assertThat(process.wasDisturbed(), is(true));
    }
    content.apply(MemoryStores.BASE).delete(journals().resolve("lease.json")); // it ran out
    return process.wasDisturbed();
  }

  private ObjectPath journals() {
    return new ObjectPath(JOURNALS + on(base).primary());
  }

  private Left assertEnds(String when, MemoryStores content) throws IOException {
    Left left = left(content);

    UpdateOutcome outcome = on(content).update("another", 2);

    assertThat(when, outcome.status(), equalTo(Status.PUBLISHED));
    for (String store : stores()) {
      assertThat(when, content.content(store), equalTo(after.get(store)));
      Optional<Repository> repository = content.repository(store);
      if (repository.isPresent()) {
        int history = repository.get().ancestry(Version.branch("main")).size();
        assertThat(when + store, history, equalTo(left == Left.NOTHING_SHOWN ? 3 : 4));
        if (left != Left.NOTHING_SHOWN) {
          assertThat(when, repository.get().branches().keySet(), equalTo(Set.of("main")));
        }
      }
    }
    if (left != Left.NOTHING_SHOWN) {
      assertThat(when, ended(content), is(true));
      assertThat(when, objectsOfTheJob(content), equalTo(1L));
    }
    return left;
  }

  private Left left(MemoryStores content) throws IOException {
    if (ended(content)) {
      return Left.ENDED;
    }
    for (String store : stores()) {
      if (content.content(store).equals(after.get(store))) {
        return Left.SHOWN;
      }
    }
    return Left.NOTHING_SHOWN;
  }

  private boolean ended(MemoryStores content) throws IOException {
    return content
        .apply(MemoryStores.BASE)
        .stat(journals().resolve("second/done.json"))
        .isPresent();
  }

  private long objectsOfTheJob(MemoryStores content) throws IOException {
    return content.apply(MemoryStores.BASE).list(journals().resolve("second")).size();
  }

  @Test
  void whatARefusedJobLeftStays() throws IOException {
    archiveIn("icechunk", List.of());
    MemoryStores content = base.copy();
    UpdateHarness archive = on(content);
    archive.plan(model.update(archive.id("second"), 2));
    archive.changeByAStranger(archive.primary());
    assertThat(archive.update("second", 2).status(), equalTo(Status.REFUSED));

    archive.update("another", 2);

    assertThat(
        content.repository(archive.primary()).orElseThrow().branches().keySet(),
        equalTo(Set.of("main", "_job_second")));
    assertThat(
        content.apply(MemoryStores.BASE).stat(journals().resolve("second/ready.json")).isPresent(),
        is(true));
  }

  @Test
  void jobThatAnotherIsWaitedForIsNotPlanned() throws IOException {
    archiveIn("zarr", List.of());
    MemoryStores content = base.copy();
    UpdateHarness archive = on(content);
    archive.plan(model.update(archive.id("second"), 2));

    assertThat(archive.update("another", 2).status(), equalTo(Status.BUSY));

    assertThat(
        content.apply(MemoryStores.BASE).stat(journals().resolve("another/ready.json")).isPresent(),
        is(false));
  }
}
