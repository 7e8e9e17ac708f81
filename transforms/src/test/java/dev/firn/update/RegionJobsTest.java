package dev.firn.update;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.dataset.ConfigurationException;
import dev.firn.dataset.DatasetParser;
import dev.firn.dataset.DatasetSpec;
import dev.firn.dataset.VariableSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RegionJobsTest {
  private static final Instant END = Instant.parse("2026-02-01T00:00:00Z");
  private final DatasetSpec spec = DatasetParser.parse("tiny", TinyModel.definition());

  private static JobFilter until(Instant end) {
    return new JobFilter(Optional.empty(), end, List.of(), List.of());
  }

  private static List<String> keys(List<RegionJob> jobs) {
    return jobs.stream().map(job -> job.key().toString()).toList();
  }

  @Test
  void sourceGroupsAreCutIntoPiecesOfTheLimit() {
    List<List<String>> groups =
        VariableGroups.of(spec).stream()
            .map(group -> group.stream().map(VariableSpec::path).map(Object::toString).toList())
            .toList();

    assertThat(
        groups, contains(List.of("temperature", "wind"), List.of("pressure"), List.of("rain")));
    assertThat(VariableGroups.variableGroupCount(spec), equalTo(3));
  }

  @Test
  void withoutALimitOneJobHasAllVariables() {
    ObjectNode definition = TinyModel.definition().deepCopy();
    definition.remove("max_vars_per_job");
    DatasetSpec unlimited = DatasetParser.parse("tiny", definition);

    List<RegionJob> jobs = RegionJobs.plan(unlimited, 1, until(END));

    assertThat(jobs.size(), equalTo(1));
    assertThat(jobs.get(0).variables().size(), equalTo(4));
  }

  @Test
  void regionsAscendAndHoldAllGroups() {
    assertThat(
        keys(RegionJobs.plan(spec, 2, until(END))),
        contains(
            "region-0-group-0",
            "region-0-group-1",
            "region-0-group-2",
            "region-1-group-0",
            "region-1-group-1",
            "region-1-group-2"));
  }

  @Test
  void startKeepsRegionsWhoseLastTimeIsNotBeforeIt() {
    JobFilter filter =
        new JobFilter(
            Optional.of(Instant.parse("2026-01-01T06:00:00Z")), END, List.of(), List.of("rain"));

    assertThat(
        keys(RegionJobs.plan(spec, 3, filter)), contains("region-1-group-2", "region-2-group-2"));
  }

  @Test
  void endKeepsRegionsWhoseFirstTimeIsBeforeIt() {
    JobFilter filter =
        new JobFilter(
            Optional.empty(), Instant.parse("2026-01-01T06:00:00Z"), List.of(), List.of("rain"));

    assertThat(keys(RegionJobs.plan(spec, 3, filter)), contains("region-0-group-2"));
  }

  @Test
  void containsKeepsRegionsThatHoldExactlyThatTime() {
    List<Instant> times =
        List.of(Instant.parse("2026-01-01T12:00:00Z"), Instant.parse("2026-01-01T01:00:00Z"));

    JobFilter filter = new JobFilter(Optional.empty(), END, times, List.of("rain"));

    assertThat(keys(RegionJobs.plan(spec, 9, filter)), contains("region-2-group-2"));
  }

  @Test
  void regionsAreOneShardLongAndCutAtTheExtent() {
    ObjectNode definition = TinyModel.definition().deepCopy();
    ((ObjectNode) definition.get("shards")).put("init_time", 4);
    DatasetSpec longer = DatasetParser.parse("tiny", definition);
    JobFilter filter = new JobFilter(Optional.empty(), END, List.of(), List.of("rain"));

    List<Region> regions =
        RegionJobs.plan(longer, 6, filter).stream().map(RegionJob::region).toList();

    assertThat(regions, contains(new Region(0, 0, 4), new Region(1, 4, 6)));
  }

  private static UpdateRequest backfill(JobFilter filter) {
    UpdateId id = new UpdateId("tiny", "file:///none/tiny.zarr", "job");
    return new UpdateRequest(
        id, List.of(), UpdateRequest.Kind.BACKFILL, filter, false, false, List.of());
  }

  @Test
  void eachJobIsFoundByItsKeyAndNoOtherIs() {
    Instant start = Instant.parse("2026-01-02T00:00:00Z");
    JobFilter some = new JobFilter(Optional.of(start), END, List.of(), List.of("wind", "rain"));
    for (JobFilter filter : List.of(until(END), some)) {
      List<RegionJob> all = RegionJobs.plan(spec, 50, filter);

      List<RegionJob> found = new ArrayList<>();
      for (int region = 0; region < 60; region++) {
        for (int group = 0; group < 5; group++) {
          RegionJobs.job(spec, 50, backfill(filter), new RegionJobKey(region, group))
              .ifPresent(found::add);
        }
      }

      assertThat(found, equalTo(all));
    }
  }

  @Test
  void findingOneJobOfManyCostsNoMoreThanOneOfFew() {
    JobFilter all = until(Instant.MAX);
    List<RegionJob> jobs = RegionJobs.plan(spec, 20_000, all);
    assertThat(jobs.size(), equalTo(60_000));

    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          for (RegionJob job : jobs) {
            assertThat(
                RegionJobs.job(spec, 20_000, backfill(all), job.key()).isPresent(), equalTo(true));
          }
        });
  }

  @Test
  void unknownVariableIsNamedBesideThoseThereAre() {
    JobFilter filter = new JobFilter(Optional.empty(), END, List.of(), List.of("snow"));

    var unknown = assertThrows(ConfigurationException.class, () -> filter.checkVariables(spec));

    assertThat(
        unknown.getMessage(),
        equalTo("Unknown variable 'snow' of tiny: it has temperature, wind, pressure, rain"));
  }

  @Test
  void jobKeyIsReadBackFromItsText() {
    RegionJobKey key = new RegionJobKey(12, 3);

    assertThat(RegionJobKey.parse(key.toString()), equalTo(key));
    assertThrows(IllegalArgumentException.class, () -> RegionJobKey.parse("region-1"));
  }
}
