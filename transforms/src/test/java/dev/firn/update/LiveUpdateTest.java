package dev.firn.update;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LiveUpdateTest {
  private static final List<Duration> LEADS =
      List.of(Duration.ZERO, Duration.ofHours(3), Duration.ofHours(6), Duration.ofHours(9));

  @TempDir Path directory;
  private TinyModel model;

  @BeforeEach
  void publishFirstForecast() throws IOException {
    model = new TinyModel(directory.resolve("source"));
    model.publish(0, 0);
  }

  private UpdateHarness harness(String name, String format) {
    UpdateHarness harness = new UpdateHarness(model, directory.resolve(name));
    harness.primaryFormat = format;
    return harness;
  }

  private UpdateRequest live(UpdateHarness harness, String job, long position, Duration... leads) {
    return model.live(harness.id(job), position, List.of(leads));
  }

  @ParameterizedTest
  @ValueSource(strings = {"icechunk", "zarr"})
  void filesInAnyOrderGiveWhatTheWholeForecastGives(String format) throws IOException {
    UpdateHarness whole = harness("whole", format);
    model.publish(1, 0);
    whole.backfill("all", 2);
    for (int seed = 0; seed < 8; seed++) {
      model = new TinyModel(directory.resolve("source-" + seed));
      model.publish(0, 0);
      UpdateHarness live = harness("live-" + seed, format);
      live.backfill("first", 1);
      List<Duration> order = new ArrayList<>(LEADS);
      Collections.shuffle(order, new Random(seed));
      for (Duration lead : order) {
        model.publish(1, lead, 0);
        UpdateOutcome outcome = live.run(live(live, "lead-" + lead.toHours(), 1, lead));
        assertThat(outcome.message(), outcome.status(), is(UpdateOutcome.Status.PUBLISHED));
      }
      assertThat("seed " + seed, values(live.shown()), equalTo(values(whole.shown())));
    }
  }

  /** What does not name the run that wrote it. */
  private static Map<String, String> values(Map<String, String> shown) {
    Map<String, String> values = new HashMap<>(shown);
    values.remove("zarr.json");
    return values;
  }

  @Test
  void aReplacedFileOfAnOldForecastChangesItsShardsAlone() throws IOException {
    UpdateHarness harness = harness("live", "icechunk");
    model.publish(1, 0);
    model.publish(2, 0);
    harness.backfill("all", 3);
    Map<String, String> before = harness.shown();

    model.publish(0, LEADS.get(2), 7);
    harness.run(live(harness, "late", 0, LEADS.get(2)));

    Map<String, String> after = harness.shown();
    List<String> changed =
        after.keySet().stream()
            .filter(key -> !after.get(key).equals(before.get(key)))
            .filter(key -> !key.endsWith("zarr.json"))
            .map(
                key ->
                    key.substring(
                        0, key.indexOf("/c/0/") < 0 ? key.length() : key.indexOf("/c/0/")))
            .distinct()
            .toList();
    assertThat(changed, containsInAnyOrder("temperature", "wind", "pressure", "rain"));
    assertThat(harness.extent(), equalTo(3L));
  }

  @Test
  void onlyWhatHasComeAndItsNeighboursAreRead() throws IOException {
    UpdateHarness harness = harness("live", "icechunk");
    harness.backfill("first", 1);
    model.publish(0, LEADS.get(2), 7);

    UpdateRequest request = live(harness, "one", 0, LEADS.get(2));
    PlannedUpdate.Ready ready = (PlannedUpdate.Ready) harness.plan(request);
    SourceFilePlan plan = SourceFilePlan.of(model.template().spec(), ready.plan());
    Map<String, List<Long>> hours = new HashMap<>();
    for (RegionJob job : ready.jobs()) {
      hours.put(
          job.variables().get(0).path().value(),
          plan.of(job).stream()
              .flatMap(file -> file.steps().stream())
              .map(step -> step.lead().toHours())
              .toList());
    }

    assertThat(hours.get("temperature"), contains(6L));
    assertThat(hours.get("rain"), contains(3L, 6L)); // the total at 6 h began at 0 h
  }

  @Test
  void whatNoJobNeedsIsNothingNew() throws IOException {
    UpdateHarness harness = harness("live", "icechunk");
    harness.backfill("first", 1);
    UpdateRequest request = live(harness, "one", 0, LEADS.get(2));
    UpdateRequest stranger =
        new UpdateRequest(
            request.id(),
            List.of(),
            request.kind(),
            request.filter(),
            false,
            false,
            List.of(new ArrivedFile("s3://tiny-model/else", Optional.empty(), 0, Instant.EPOCH)));

    PlannedUpdate.Ready ready = (PlannedUpdate.Ready) harness.plan(stranger);

    assertThat(ready.jobs(), empty());
  }

  @Test
  void anArchiveThatIsNotThereIsNotCreated() throws IOException {
    UpdateOutcome outcome =
        harness("none", "icechunk").run(live(harness("none", "icechunk"), "one", 0, LEADS.get(2)));

    assertThat(outcome.status(), is(UpdateOutcome.Status.INVALID));
    assertThat(outcome.message(), containsString("backfill it first"));
  }

  @Test
  void whatIsThereButHasNotComeIsNotShown() throws IOException {
    UpdateHarness harness = harness("live", "icechunk");
    harness.backfill("first", 1);
    model.publish(1, 0); // all of it, of which one file is heard of
    harness.run(live(harness, "six", 1, LEADS.get(2)));

    assertThat(model.template().spec().variables().size(), equalTo(4));
    for (String variable : List.of("temperature", "wind", "pressure")) {
      assertThat(variable, harness.leadsWithValues(variable, 1), contains(2));
    }
    assertThat(harness.leadsWithValues("rain", 1), empty()); // it is the rest of a total

    harness.run(live(harness, "three", 1, LEADS.get(1)));
    assertThat(harness.leadsWithValues("rain", 1), contains(1, 2));
    assertThat(harness.leadsWithValues("wind", 1), contains(1, 2));
  }

  @Test
  void neighbourThatWasReplacedIsNotReadBeforeItIsHeardOf() throws IOException {
    UpdateHarness harness = harness("live", "icechunk");
    harness.backfill("first", 1);
    model.publish(0, LEADS.get(1), 7);
    model.publish(0, LEADS.get(2), 3);
    float[] before = harness.published("rain").toFloats();

    harness.run(live(harness, "one", 0, LEADS.get(2)));
    assertThat(harness.published("rain").toFloats(), equalTo(before));
    harness.run(live(harness, "other", 0, LEADS.get(1)));

    UpdateHarness whole = harness("whole", "icechunk");
    whole.backfill("all", 1);
    assertThat(harness.published("rain").toFloats(), equalTo(whole.published("rain").toFloats()));
    assertThat(harness.published("wind").toFloats(), equalTo(whole.published("wind").toFloats()));
  }
}
