package dev.firn.dataset;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SourceSpecTest {
  private static final Instant NOW = Instant.parse("2026-07-24T12:00:00Z");

  private static SourceSpec source(String yaml) {
    try {
      return SourceParser.source(
          Definition.of("source", new ObjectMapper(new YAMLFactory()).readTree(yaml)));
    } catch (IOException malformed) {
      throw new java.io.UncheckedIOException(malformed);
    }
  }

  private static List<String> urls(SourceSpec source, String init, int lead, int member) {
    return urls(source, init, lead, member, Map.of());
  }

  private static List<String> urls(
      SourceSpec source, String init, int lead, int member, Map<String, String> words) {
    SourceStep step = new SourceStep(Instant.parse(init), Duration.ofHours(lead), member);
    return source.naming().urls(step, words, NOW);
  }

  @Test
  void placeholdersAreFilledWithStartAndLeadTime() {
    SourceSpec source =
        source("files: s3://bucket/gfs.{init:yyyyMMdd}/{init:HH}/gfs.t{init:HH}z.f{lead:03d}");

    assertThat(
        urls(source, "2026-07-24T06:00:00Z", 9, 0),
        contains("s3://bucket/gfs.20260724/06/gfs.t06z.f009"));
  }

  @Test
  void secondSourceIsAskedForNewForecastsOnly() {
    SourceSpec source =
        source(
            """
            files: "{host}/f{lead:03d}"
            names:
              host:
                - {newer_than: 12h, is: ["s3://bucket", "https://nomads"]}
                - {is: "s3://bucket"}
            """);

    assertThat(
        urls(source, "2026-07-24T06:00:00Z", 1, 0),
        contains("s3://bucket/f001", "https://nomads/f001"));
    assertThat(urls(source, "2026-07-24T00:00:00Z", 1, 0), contains("s3://bucket/f001"));
  }

  @Test
  void alternativesOfTheLastNameChangeFirst() {
    SourceSpec source =
        source(
            """
            files: "{host}/{product}.grib2.gz"
            names:
              product:
                - {where: {kind: rain}, is: [pass2, pass1]}
                - {is: "{kind:upper}"}
              host: [s3://new, https://old]
            """);

    assertThat(
        urls(source, "2026-07-24T06:00:00Z", 0, 0, Map.of("kind", "rain")),
        contains(
            "s3://new/pass2.grib2.gz",
            "https://old/pass2.grib2.gz",
            "s3://new/pass1.grib2.gz",
            "https://old/pass1.grib2.gz"));
    assertThat(
        urls(source, "2026-07-24T06:00:00Z", 0, 0, Map.of("kind", "flag")),
        contains("s3://new/FLAG.grib2.gz", "https://old/FLAG.grib2.gz"));
  }

  @Test
  void erasLeadTimesAndMembersDecide() {
    SourceSpec source =
        source(
            """
            files: "s3://b/{era}/{member}.{set}.f{lead:02d}"
            names:
              era:
                - {until: "2020-01-01T00:00:00Z", is: old}
                - {from: "2020-01-01T00:00:00Z", until: "2026-01-01T00:00:00Z", is: middle}
                - {members: {to: 0}, is: "control/{init:yyyy}"}
                - {is: new}
              member:
                - {members: {to: 0}, is: c00}
                - {is: "p{member:02d}"}
              set:
                - {leads: {to: 240h}, is: s}
                - {is: a}
            """);

    assertThat(urls(source, "2019-12-31T18:00:00Z", 240, 3), contains("s3://b/old/p03.s.f240"));
    assertThat(urls(source, "2020-01-01T00:00:00Z", 246, 30), contains("s3://b/middle/p30.a.f246"));
    assertThat(
        urls(source, "2026-01-01T00:00:00Z", 0, 0), contains("s3://b/control/2026/c00.s.f00"));
  }

  @Test
  void nameWithoutARuleThatHoldsGivesNoUrl() {
    SourceSpec source =
        source(
            """
            files: "s3://b/{product}"
            names:
              product: [{from: "2020-10-14T20:00:00Z", is: flash}]
            """);

    assertThat(urls(source, "2020-10-14T19:00:00Z", 0, 0), empty());
    assertThat(urls(source, "2020-10-14T20:00:00Z", 0, 0), contains("s3://b/flash"));
  }

  @Test
  void timesMayBeMovedAndCounted() {
    SourceSpec source =
        source(
            """
            files: >-
              s3://b/WY{valid+P3M:yyyy}/{init:yyyy/DDD}/S{init:HHmmss}-E{init+PT29M59S:HHmmss}.{init:minute_of_day}
            """);

    assertThat(
        urls(source, "2025-10-01T13:30:00Z", 0, 0),
        contains("s3://b/WY2026/2025/274/S133000-E135959.0810"));
    assertThat(
        urls(source, "2025-09-30T00:00:00Z", 0, 0),
        contains("s3://b/WY2025/2025/273/S000000-E002959.0000"));
  }

  @Test
  void placeholderThatNothingFillsIsRefused() {
    SourceSpec source = source("files: s3://b/{nosuch}");

    IllegalArgumentException invalid =
        assertThrows(IllegalArgumentException.class, () -> source.naming().check(Map.of()));

    assertThat(invalid.getMessage(), containsString("'s3://b/{nosuch}' has a placeholder"));
    SourceSpec wrong = source("files: s3://b/{lead:xyz}");
    assertThat(
        assertThrows(IllegalArgumentException.class, () -> wrong.naming().check(Map.of()))
            .getMessage(),
        containsString("wrong format"));
  }
}
