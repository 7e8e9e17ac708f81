package dev.firn.update;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import dev.firn.dataset.DatasetParser;
import dev.firn.dataset.DatasetSpec;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BackfillWindowsTest {
  private final DatasetSpec spec = DatasetParser.parse("tiny", TinyModel.definition());
  private final JobFilter all =
      new JobFilter(
          Optional.empty(), Instant.parse("2026-01-02T06:00:00Z"), List.of(), List.of("wind"));

  @Test
  void windowsHoldEveryJobOnceAndInOrder() {
    List<JobFilter> windows = BackfillWindows.of(spec, 5, all, 2);

    List<RegionJob> jobs =
        windows.stream().flatMap(window -> RegionJobs.plan(spec, 5, window).stream()).toList();
    assertThat(windows.size(), equalTo(3));
    assertThat(jobs, equalTo(RegionJobs.plan(spec, 5, all)));
  }

  @Test
  void windowsHaveAtMostTheGivenNumberOfRegions() {
    List<Integer> sizes =
        BackfillWindows.of(spec, 5, all, 2).stream()
            .map(window -> RegionJobs.plan(spec, 5, window).size())
            .toList();

    assertThat(sizes, contains(2, 2, 1));
  }

  @Test
  void shortBackfillIsOneWindowAsItWasAskedFor() {
    assertThat(BackfillWindows.of(spec, 5, all, 5), equalTo(List.of(all)));
  }

  @Test
  void usualWindowIsTwoHoursOfFields() {
    // 4 variables at 4 lead times
    assertThat(BackfillWindows.usualRegions(spec), equalTo(2 * 3600 * 40 / 16));
  }
}
