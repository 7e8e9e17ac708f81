package dev.firn.notify;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.firn.notify.PublicationEvent.Completeness;
import dev.firn.notify.PublicationEvent.Content;
import dev.firn.notify.PublicationEvent.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PublicationEventTest {
  private static final Instant INIT = Instant.parse("2026-11-20T06:00:00Z");

  private static PublicationEvent event(Optional<String> snapshot, Optional<Files> files) {
    return new PublicationEvent(
        "run-1",
        "noaa-gfs-forecast",
        "s3://archive/gfs/v1.icechunk",
        snapshot,
        new Content(
            "init_time",
            List.of(INIT),
            List.of(Duration.ZERO, Duration.ofHours(3)),
            List.of("temperature_2m")),
        new Completeness(209, 2),
        INIT.plusSeconds(13_000),
        files);
  }

  @Test
  void eventIsCompactJsonInTheOrderOfItsSchema() {
    Files files = new Files(INIT.plusMillis(12_345_500), INIT.plusSeconds(12_999));

    OutgoingEvent sent = event(Optional.of("VY76P925PRY57WFEK410"), Optional.of(files)).outgoing();

    assertThat(sent.id(), equalTo("run-1"));
    assertThat(sent.subject(), equalTo("noaa-gfs-forecast"));
    assertThat(
        sent.json(),
        equalTo(
            "{\"schema\":\"firn.publication\",\"schema_version\":1,\"id\":\"run-1\",\"dataset\":\"noaa-gfs-forecast\","
                + "\"store\":\"s3://archive/gfs/v1.icechunk\",\"snapshot\":\"VY76P925PRY57WFEK410\",\"dimension\":\"init_time\","
                + "\"times\":[\"2026-11-20T06:00:00Z\"],\"lead_times\":[\"PT0S\",\"PT3H\"],\"variables\":[\"temperature_2m\"],"
                + "\"completeness\":{\"files_expected\":209,\"files_ingested\":2,\"complete\":false},"
                + "\"published\":\"2026-11-20T09:36:40Z\",\"seconds_since_first_file\":654.5,\"seconds_since_last_file\":1.0}"));
  }

  @Test
  void whatIsNotKnownIsNullOrLeftOut() {
    String json = event(Optional.empty(), Optional.empty()).outgoing().json();

    assertThat(json.contains("\"snapshot\":null,"), equalTo(true));
    assertThat(json.contains("seconds_since"), equalTo(false));
  }

  @Test
  void moreFilesThanExpectedAreRefused() {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> new Completeness(2, 3));

    assertThat(refused.getMessage(), equalTo("Invalid completeness: 3 of 2 files"));
  }
}
