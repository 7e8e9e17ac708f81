package dev.firn.beam;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.firn.update.RegionJobKey;
import dev.firn.update.RegionJobResult;
import dev.firn.update.StageTimes;
import java.util.Arrays;
import java.util.List;
import org.apache.beam.sdk.testing.CombineFnTester;
import org.junit.jupiter.api.Test;

class MergeResultsTest {
  private static final RegionJobKey ONE = new RegionJobKey(0, 0);
  private static final RegionJobKey TWO = new RegionJobKey(0, 1);

  private static RegionJobResult result(RegionJobKey key) {
    return new RegionJobResult("run", key, List.of(), List.of(), 1, 2, StageTimes.NONE, List.of());
  }

  @Test
  void everyJobCountsOnceInWhateverOrderReportsCome() {
    CombineFnTester.testCombineFn(
        new MergeResults(),
        Arrays.asList(
            JobReport.finished(result(TWO)),
            JobReport.planned(List.of(ONE, TWO)),
            JobReport.finished(result(ONE)),
            JobReport.finished(result(TWO))),
        new MergeResults.Heard(List.of(ONE, TWO), List.of(result(ONE), result(TWO))));
  }

  @Test
  void planWithoutJobsIsHeard() {
    MergeResults merge = new MergeResults();

    MergeResults.Heard heard =
        merge.addInput(merge.createAccumulator(), JobReport.planned(List.of()));

    assertThat(heard, equalTo(new MergeResults.Heard(List.of(), List.of())));
  }
}
