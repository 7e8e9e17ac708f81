package dev.firn.dataset;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.firn.io.zarr.NodePath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ArchiveStepsTest {
  /** Of three eras, as the analysis made of NOAA's ensemble has them; a moment and a window. */
  private static final String ANALYSIS =
      """
      id: analysis
      version: 1.0.0
      attributes: {name: Analysis}
      append: {dimension: time, start: "2019-12-31T00:00:00Z", every: 3h, coordinate_chunk: 10}
      dimensions:
        latitude: {first: 60.0, last: 0.0, count: 5}
        longitude: {first: -180.0, last: 135.0, count: 8}
      chunks: {time: 4, latitude: 2, longitude: 3}
      shards: {time: 8, latitude: 4, longitude: 6}
      source:
        files: s3://b/{init:yyyyMMddHH}/f{lead:03d}
        inventory: {kind: noaa, suffix: .idx}
        forecasts:
          - {from: "2000-01-01T00:00:00Z", until: "2020-01-01T00:00:00Z", every: 24h, has_lead_0: false}
          - {from: "2020-01-01T00:00:00Z", until: "2020-09-23T12:00:00Z", every: 6h, times_every: 6h}
          - {from: "2020-09-23T12:00:00Z", every: 6h}
      variables:
        pressure:
          attributes: {units: Pa}
          source: {element: PRES, level: surface, parameter: [0, 3, 0]}
        rain:
          available_from: "2019-12-31T06:00:00Z"
          attributes: {units: kg m-2 s-1}
          source:
            {element: APCP, level: surface, parameter: [0, 1, 8], window: {statistic: accumulation, reset: 6h}}
      """;

  private final DatasetSpec analysis = spec(ANALYSIS);

  private static DatasetSpec spec(String yaml) {
    try {
      return DatasetParser.parse(
          "analysis", (ObjectNode) new ObjectMapper(new YAMLFactory()).readTree(yaml));
    } catch (IOException malformed) {
      throw new UncheckedIOException(malformed);
    }
  }

  private Optional<SourceStep> source(String variable, String time) {
    Instant at = Instant.parse(time);
    VariableSpec found = analysis.variable(new NodePath(variable)).orElseThrow();
    return analysis.steps().source(found, analysis.append().floor(at), 0);
  }

  private static Optional<SourceStep> step(String init, int lead) {
    return Optional.of(new SourceStep(Instant.parse(init), Duration.ofHours(lead), 0));
  }

  @Test
  void momentIsTakenFromTheNewestForecastAndAWindowFromOneThatIsOlder() {
    assertThat(
        source("pressure", "2020-09-24T06:00:00Z"), equalTo(step("2020-09-24T06:00:00Z", 0)));
    assertThat(source("rain", "2020-09-24T06:00:00Z"), equalTo(step("2020-09-24T00:00:00Z", 6)));
    assertThat(
        source("pressure", "2020-09-24T09:00:00Z"), equalTo(step("2020-09-24T06:00:00Z", 3)));
    assertThat(source("rain", "2020-09-24T09:00:00Z"), equalTo(step("2020-09-24T06:00:00Z", 3)));
  }

  @Test
  void forecastsWithoutALeadTimeZeroServeTheEndOfTheNextDay() {
    assertThat(
        source("pressure", "2019-12-31T00:00:00Z"), equalTo(step("2019-12-30T00:00:00Z", 24)));
    assertThat(
        source("pressure", "2019-12-31T21:00:00Z"), equalTo(step("2019-12-31T00:00:00Z", 21)));
  }

  @Test
  void eraIsThatOfTheForecastAndNotOfTheTime() {
    assertThat(
        source("pressure", "2020-01-01T00:00:00Z"), equalTo(step("2020-01-01T00:00:00Z", 0)));
    assertThat(source("rain", "2020-01-01T00:00:00Z"), equalTo(step("2019-12-31T00:00:00Z", 24)));
    assertThat(source("rain", "2020-09-23T12:00:00Z"), equalTo(step("2020-09-23T06:00:00Z", 6)));
    assertThat(source("rain", "2020-09-23T15:00:00Z"), equalTo(step("2020-09-23T12:00:00Z", 3)));
  }

  @Test
  void timesBetweenThoseOfAnEraAreGaps() {
    VariableSpec pressure = analysis.variable(new NodePath("pressure")).orElseThrow();
    long between = analysis.append().floor(Instant.parse("2020-03-01T03:00:00Z"));

    assertThat(source("pressure", "2020-03-01T03:00:00Z"), equalTo(Optional.empty()));
    assertThat(analysis.steps().isGap(pressure, between), equalTo(true));
    assertThat(analysis.steps().isGap(pressure, between + 1), equalTo(false));
  }

  @Test
  void variableIsNotInSourcesBeforeItIsAvailable() {
    assertThat(source("rain", "2019-12-31T03:00:00Z"), equalTo(Optional.empty()));
    assertThat(source("rain", "2019-12-31T06:00:00Z"), equalTo(step("2019-12-31T00:00:00Z", 6)));
  }

  @Test
  void stepsOfForecastsAreNumberedInTheOrderOfTheirDimensions() {
    String ensemble =
        """
        id: ensemble
        version: 1.0.0
        attributes: {name: Ensemble}
        append: {dimension: init_time, start: "2026-01-01T00:00:00Z", every: 6h, coordinate_chunk: 10}
        dimensions:
          %s
          latitude: {first: 60.0, last: 0.0, count: 5}
          longitude: {first: -180.0, last: 135.0, count: 8}
        chunks: {init_time: 1, lead_time: 2, ensemble_member: 3, latitude: 2, longitude: 3}
        shards: {init_time: 1, lead_time: 2, ensemble_member: 3, latitude: 4, longitude: 6}
        source: {files: "s3://b/{init:yyyyMMddHH}/{member:02d}.f{lead:03d}"}
        variables:
          pressure: {attributes: {units: Pa}, source: {parameter: [0, 3, 0]}}
        """;
    String leads = "lead_time: {hours: [{from: 0, to: 6, every: 6}]}";
    String members = "ensemble_member: {members: 3}";

    ArchiveSteps leadsFirst = spec(ensemble.formatted(leads + "\n  " + members)).steps();
    ArchiveSteps membersFirst = spec(ensemble.formatted(members + "\n  " + leads)).steps();

    SourceStep step = new SourceStep(Instant.parse("2026-01-01T06:00:00Z"), Duration.ofHours(6), 2);
    assertThat(leadsFirst.index(step), equalTo(5));
    assertThat(membersFirst.index(step), equalTo(5));
    SourceStep other = new SourceStep(step.init(), Duration.ZERO, 2);
    assertThat(leadsFirst.index(other), equalTo(2));
    assertThat(membersFirst.index(other), equalTo(4));
    assertThat(leadsFirst.position(other), equalTo(1L));
    DatasetSpec spec = spec(ensemble.formatted(leads + "\n  " + members));
    assertThat(spec.steps().source(spec.variables().get(0), 1, 5), equalTo(Optional.of(step)));
  }
}
