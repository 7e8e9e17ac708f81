package dev.firn.update;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasEntry;
import static org.hamcrest.Matchers.hasSize;

import dev.firn.update.UpdateOutcome.Status;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpdateProtocolTest {
  @TempDir Path sources;
  @TempDir Path base;

  private TinyModel model;
  private UpdateHarness archive;

  @BeforeEach
  void setUp() {
    model = new TinyModel(sources);
    archive = new UpdateHarness(model, base);
  }

  @Test
  void backfillPublishesEveryValueOfTheSourceFiles() throws IOException {
    model.publish(0, 0);
    model.publish(1, 0);

    UpdateOutcome outcome = archive.backfill("first", 2);

    assertThat(outcome.status(), equalTo(Status.PUBLISHED));
    assertThat(archive.extent(), equalTo(2L));
    for (String variable : new String[] {"temperature", "wind", "pressure", "rain"}) {
      for (int position = 0; position < 2; position++) {
        assertThat(
            variable + " at " + position,
            archive.published(variable, position),
            equalTo(archive.expected(variable, position, 0)));
      }
    }
  }

  @Test
  void valuesBeyondTheMemoryBudgetGiveTheSameBytes(@TempDir Path other) throws IOException {
    model.publish(0, 0);
    archive.backfill("heap", 1);
    UpdateHarness scratch = new UpdateHarness(model, other);
    scratch.memoryBytes = 0;

    scratch.backfill("scratch", 1);

    assertThat(scratch.files(), equalTo(archive.files()));
  }

  @Test
  void updateReadsTheNewestForecastAgainAndAddsTheNewOnes() throws IOException {
    model.publish(0, 0);
    model.publish(1, 0);
    archive.backfill("first", 2);
    model.publish(0, 1);
    model.publish(1, 1);
    model.publish(2, 0);

    UpdateOutcome outcome = archive.update("second", 5);

    assertThat(outcome.extentBefore(), equalTo(2L));
    assertThat(outcome.extentAfter(), equalTo(3L));
    assertThat(archive.extent(), equalTo(3L));
    assertThat(archive.published("wind", 0), equalTo(archive.expected("wind", 0, 0)));
    assertThat(archive.published("wind", 1), equalTo(archive.expected("wind", 1, 1)));
    assertThat(archive.published("wind", 2), equalTo(archive.expected("wind", 2, 0)));
  }

  @Test
  void sameUpdateTwiceLeavesTheSameBytes() throws IOException {
    model.publish(0, 0);
    model.publish(1, 0);
    archive.backfill("first", 1);
    archive.update("second", 2);
    Map<String, String> once = archive.files();

    UpdateOutcome again = archive.update("third", 2);

    assertThat(again.status(), equalTo(Status.PUBLISHED));
    assertThat(archive.files(), equalTo(once));
  }

  @Test
  void ingestedForecastLengthIsTheLongestLeadTimeThatCame() throws IOException {
    model.publish(0, 0);
    model.publish(1, Duration.ZERO, 0);
    model.publish(1, Duration.ofHours(3), 0);

    archive.backfill("first", 2);

    double[] hours = archive.published("ingested_forecast_length").toDoubles();
    assertThat(hours, equalTo(new double[] {9 * 3600.0, 3 * 3600.0}));
    assertThat(
        archive.published("expected_forecast_length").toDoubles(),
        equalTo(new double[] {32400, 32400}));
  }

  @Test
  void nothingIsPublishedWhenNoFileCame() throws IOException {
    UpdateOutcome outcome = archive.backfill("first", 1);

    assertThat(outcome.status(), equalTo(Status.NOTHING_NEW));
    assertThat(outcome.summary().filesByStatus(), hasEntry("not_found", 4L));
    assertThat(archive.files().keySet().contains("tiny.zarr/zarr.json"), equalTo(false));
  }

  @Test
  void jobNameIsFreeAgainAfterNothingNew() throws IOException {
    archive.backfill("first", 1);
    model.publish(0, 0);

    UpdateOutcome outcome = archive.backfill("first", 1);

    assertThat(outcome.status(), equalTo(Status.PUBLISHED));
  }

  @Test
  void updateOfAnAbsentStoreIsInvalid() throws IOException {
    UpdateOutcome outcome = archive.update("first", 1);

    assertThat(outcome.status(), equalTo(Status.INVALID));
    assertThat(outcome.message(), containsString("backfill it first"));
  }

  @Test
  void jobThatIsDoneStartsNothingNew() throws IOException {
    model.publish(0, 0);
    archive.backfill("first", 1);
    model.publish(0, 1);

    UpdateOutcome again = archive.backfill("first", 1);

    assertThat(again.status(), equalTo(Status.PUBLISHED));
    assertThat(archive.published("wind", 0), equalTo(archive.expected("wind", 0, 0)));
  }

  @Test
  void everyFileAskedForEndsAsAResult() throws IOException {
    model.publish(0, 0);
    UpdateRequest request = model.backfill(archive.id("first"), 1);

    for (RegionJob job : archive.jobs(request)) {
      RegionJobResult result = archive.run(request.id(), job);

      assertThat(
          result.files(),
          hasSize(new SourceFilePlan(model.template().spec(), Instant.EPOCH).of(job).size()));
      assertThat(
          result.files().stream().allMatch(file -> file.status() == FileStatus.SUCCEEDED),
          equalTo(true));
    }
  }
}
