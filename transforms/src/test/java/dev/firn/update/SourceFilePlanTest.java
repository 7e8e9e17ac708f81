package dev.firn.update;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.firn.dataset.DatasetParser;
import dev.firn.dataset.DatasetSpec;
import dev.firn.dataset.SourceStep;
import dev.firn.io.zarr.NodePath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SourceFilePlanTest {
  private static final Instant NOW = Instant.parse("2026-01-02T00:00:00Z");

  /** Hours made of forecasts of six hours; rain needs the hour before a region. */
  private static final String ANALYSIS =
      """
      id: analysis
      version: 1.0.0
      attributes: {name: Analysis}
      append: {dimension: time, start: "2026-01-01T00:00:00Z", every: 1h, coordinate_chunk: 10}
      dimensions:
        latitude: {first: 60.0, last: 0.0, count: 5}
        longitude: {first: -180.0, last: 135.0, count: 8}
      chunks: {time: 3, latitude: 2, longitude: 3}
      shards: {time: 3, latitude: 4, longitude: 6}
      updates: {steps_before: 1}
      source:
        files: "s3://b/{set}/{init:HH}.f{lead:03d}"
        forecasts: [{every: 6h}]
        names: {set: [{where: {kind: ice}, from: "2026-01-01T05:00:00Z", is: ice}, {where: {kind: air}, is: air}]}
      variables:
        pressure:
          attributes: {units: Pa}
          source: {parameter: [0, 3, 0], words: {kind: air}}
        rain:
          attributes: {units: kg m-2 s-1}
          source: {parameter: [0, 1, 8], words: {kind: air}, window: {statistic: accumulation, reset: 6h}}
        ice:
          attributes: {units: '1'}
          source: {parameter: [10, 2, 0], words: {kind: ice}}
        dust:
          attributes: {units: '1'}
          source: {words: {kind: air}, any_of: [{from: "2027-01-01T00:00:00Z", parameter: [0, 20, 0]}]}
      """;

  private static List<SourceFile> files(long extent, int region) {
    try {
      DatasetSpec spec =
          DatasetParser.parse(
              "analysis", (ObjectNode) new ObjectMapper(new YAMLFactory()).readTree(ANALYSIS));
      List<RegionJob> jobs =
          RegionJobs.plan(spec, extent, new JobFilter(Optional.empty(), NOW, List.of(), List.of()));
      return new SourceFilePlan(spec, NOW).of(jobs.get(region));
    } catch (IOException malformed) {
      throw new UncheckedIOException(malformed);
    }
  }

  private static SourceStep step(String init, int lead) {
    return new SourceStep(Instant.parse(init), Duration.ofHours(lead), 0);
  }

  @Test
  void regionsAreReadWithWhatTheirValuesDependOn() {
    List<SourceFile> files = files(9, 2);

    // 06, 07 and 08 are written; rain of 05 and 06 is that of the forecast before
    assertThat(
        files.stream().map(file -> file.urls().get(0)).toList(),
        contains(
            "s3://b/air/00.f005",
            "s3://b/air/00.f006",
            "s3://b/air/06.f000",
            "s3://b/ice/06.f000",
            "s3://b/air/06.f001",
            "s3://b/ice/06.f001",
            "s3://b/air/06.f002",
            "s3://b/ice/06.f002"));
    assertThat(
        files.get(0),
        equalTo(
            new SourceFile(
                List.of("s3://b/air/00.f005"),
                List.of(step("2026-01-01T00:00:00Z", 5)),
                List.of(new NodePath("pressure"), new NodePath("rain")))));
    assertThat(files.get(2).variables(), contains(new NodePath("pressure")));
  }

  @Test
  void nothingIsReadBeforeTheStartAndBeyondTheExtent() {
    List<SourceFile> files = files(2, 0);

    assertThat(
        files.stream()
            .flatMap(file -> file.steps().stream())
            .map(SourceStep::validTime)
            .distinct()
            .toList(),
        contains(Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2026-01-01T01:00:00Z")));
    assertThat(files, hasSize(3));
  }

  @Test
  void variableThatSourcesDoNotHaveYetIsNotLookedFor() {
    assertThat(
        files(9, 2).stream()
            .flatMap(file -> file.variables().stream())
            .anyMatch(new NodePath("dust")::equals),
        equalTo(false));
  }
}
