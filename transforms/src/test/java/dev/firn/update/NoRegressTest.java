package dev.firn.update;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.firn.update.UpdateOutcome.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is published stays unless all files that a new value stands on were read. */
class NoRegressTest extends ArchiveInEachFormat {
  private static final int STEP = 40;

  @BeforeEach
  void setUp() throws IOException {
    archive.backfill("first", 1);
    model.publish(0, 1);
  }

  @Test
  void cellsOfAVanishedFileKeepTheirPublishedValues() throws IOException {
    Files.delete(model.file(0, Duration.ofHours(6)));

    archive.update("second", 1);

    float[] published = archive.published("wind", 0);
    assertThat(step(published, 1), equalTo(step(archive.expected("wind", 0, 1), 1)));
    assertThat(step(published, 2), equalTo(step(archive.expected("wind", 0, 0), 2)));
    assertThat(step(published, 3), equalTo(step(archive.expected("wind", 0, 1), 3)));
  }

  @Test
  void ratesKeepTheirPublishedValuesWhereTheStepBeforeIsMissing() throws IOException {
    Files.delete(model.file(0, Duration.ofHours(3)));

    archive.update("second", 1);

    float[] published = archive.published("rain", 0);
    assertThat(
        "without its own file",
        step(published, 1),
        equalTo(step(archive.expected("rain", 0, 0), 1)));
    assertThat(
        "without the step before",
        step(published, 2),
        equalTo(step(archive.expected("rain", 0, 0), 2)));
    assertThat(
        "after the reset", step(published, 3), equalTo(step(archive.expected("rain", 0, 1), 3)));
  }

  @Test
  void corruptFileIsNamedAndTheRestGoesOn() throws IOException {
    Path file = model.file(0, Duration.ofHours(9));
    byte[] bytes = Files.readAllBytes(file);
    bytes[3] ^= 1; // "GRIB" of the first message, temperature
    Files.write(file, bytes);

    UpdateOutcome outcome = archive.update("second", 1);

    SourceFileResult missing = outcome.summary().missing().get(0);
    assertThat(outcome.status(), equalTo(Status.PUBLISHED));
    assertThat(missing.status(), equalTo(FileStatus.CORRUPT));
    assertThat(missing.variables().toString(), equalTo("[temperature]"));
    assertThat(missing.detail(), containsString("f009.grib2 at byte 0"));
    assertThat(
        step(archive.published("temperature", 0), 3),
        equalTo(step(archive.expected("temperature", 0, 0), 3)));
    assertThat(
        step(archive.published("wind", 0), 3), equalTo(step(archive.expected("wind", 0, 1), 3)));
  }

  @Test
  void wholeForecastThatVanishedStaysAsPublished() throws IOException {
    for (int hours = 0; hours <= 9; hours += 3) {
      Files.delete(model.file(0, Duration.ofHours(hours)));
    }
    model.publish(1, 0);

    UpdateOutcome outcome = archive.update("second", 2);

    assertThat(outcome.extentAfter(), equalTo(2L));
    assertThat(archive.published("wind", 0), equalTo(archive.expected("wind", 0, 0)));
    assertThat(archive.published("wind", 1), equalTo(archive.expected("wind", 1, 0)));
  }

  @Test
  void whatADeadAttemptLeftBeyondTheExtentIsNotPublished() throws IOException {
    model.publish(1, 7);
    UpdateRequest dead = model.update(archive.id("dead"), 2);
    for (RegionJob job : archive.jobs(dead)) {
      archive.run(dead.id(), job);
    }
    lease("dead").release();
    for (int hours = 0; hours <= 6; hours += 3) {
      Files.delete(model.file(1, Duration.ofHours(hours)));
    }

    archive.update("second", 2);

    float[] published = archive.published("wind", 1);
    float[] none = new float[STEP];
    Arrays.fill(none, Float.NaN);
    assertThat(step(published, 1), equalTo(none));
    assertThat(step(published, 3), equalTo(step(archive.expected("wind", 1, 7), 3)));
  }

  private static float[] step(float[] position, int step) {
    return Arrays.copyOfRange(position, step * STEP, (step + 1) * STEP);
  }
}
