package dev.firn.update;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firn.checkin.CheckInServer;
import dev.firn.checkin.CheckIns;
import dev.firn.update.UpdateOutcome.Status;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UpdateMonitorTest {
  @TempDir Path base;

  private CheckInServer server;
  private UpdateMonitor monitor;

  @BeforeEach
  void start() throws IOException {
    server = new CheckInServer();
    monitor = new UpdateMonitor(CheckIns.to(List.of(server.url())), Clock.systemUTC());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private UpdateOutcome outcome(Status status) {
    Instant finished = Instant.now();
    return new UpdateOutcome(
        TinyModel.id(base, "job"),
        "run",
        status,
        "why",
        1,
        1,
        finished.minus(Duration.ofMinutes(1)),
        finished,
        UpdateSummary.NOTHING,
        List.of());
  }

  private Optional<UpdateOutcome> recorded() throws IOException {
    try (Journal journal =
        Journal.open(TinyModel.id(base, "job"), dev.firn.io.object.ObjectStores::open)) {
      return journal.outcome();
    }
  }

  private void record(UpdateOutcome outcome) throws IOException {
    try (Journal journal = Journal.open(outcome.id(), dev.firn.io.object.ObjectStores::open)) {
      journal.putOutcome(outcome);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "PUBLISHED, ok",
    "NOTHING_NEW, ok",
    "REFUSED, error",
    "BUSY, error",
    "INVALID, error",
    "FAILED, error"
  })
  void endIsOkOrAnError(Status status, String expected) throws IOException {
    UpdateOutcome outcome = outcome(status);

    assertThat(monitor.ended(outcome, List.of()), equalTo(outcome));

    JsonNode body = server.bodies().get(0);
    assertThat(body.get("status").asText(), equalTo(expected));
    assertThat(body.get("outcome").asText(), equalTo(status.text()));
    assertThat(body.get("message").asText(), equalTo("why"));
    assertThat(body.get("begun").asText(), equalTo(outcome.begun().toString()));
  }

  @Test
  void whoLeavesTheRestToOthersLeavesTheEndToThem() throws IOException {
    monitor.begins(TinyModel.id(base, "job"));

    monitor.ended(outcome(Status.PARTIAL), List.of());

    assertThat(server.statuses(), contains("in_progress"));
  }

  @Test
  void idFollowsFromTheJobsName() {
    monitor.begins(TinyModel.id(base, "job"));

    // printf job | sha256sum
    assertThat(
        server.bodies().get(0).get("check_in_id").asText(),
        equalTo("5e8c9902207afaeb7120430c585a445f"));
  }

  @Test
  void failureThatNobodyTriesAgainIsAnError() {
    monitor.failed(TinyModel.id(base, "job"), Instant.now(), "it broke");

    JsonNode body = server.bodies().get(0);
    assertThat(body.get("status").asText(), equalTo("error"));
    assertThat(body.get("outcome").asText(), equalTo("failed"));
    assertThat(body.get("message").asText(), equalTo("it broke"));
  }

  @Test
  void checkInsThatFailAreWarningsOfTheRecordedOutcome() throws IOException {
    server.fail(Integer.MAX_VALUE, 404);
    record(outcome(Status.PUBLISHED));

    List<String> begin = monitor.begins(TinyModel.id(base, "job"));
    UpdateOutcome warned = monitor.ended(outcome(Status.PUBLISHED), begin);

    assertThat(warned.status(), equalTo(Status.PUBLISHED));
    assertThat(
        warned.summary().warnings(),
        contains(
            startsWith("check-in 'in_progress' of job job did not reach " + server.url()),
            containsString("check-in 'ok' of job job did not reach")));
    assertThat(recorded().orElseThrow().summary().warnings(), equalTo(warned.summary().warnings()));
  }
}
