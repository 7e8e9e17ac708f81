package dev.firn.beam;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.firn.io.source.Transfers;
import dev.firn.update.RegionJobKey;
import dev.firn.update.RegionJobResult;
import dev.firn.update.StageTimes;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.coders.CoderRegistry;
import org.apache.beam.sdk.testing.CombineFnTester;
import org.apache.beam.sdk.util.CoderUtils;
import org.junit.jupiter.api.Test;

class MergeResultsTest {
  private static final RegionJobKey ONE = new RegionJobKey(0, 0);
  private static final RegionJobKey TWO = new RegionJobKey(0, 1);

  private static RegionJobResult result(RegionJobKey key) {
    return new RegionJobResult(
        "run", key, List.of(), List.of(), 1, 2, Transfers.Counts.NONE, StageTimes.NONE, List.of());
  }

  @Test
  void everyJobCountsOnceInWhateverOrderReportsCome() {
    CombineFnTester.testCombineFn(
        new MergeResults(),
        Arrays.asList(
            JobReport.finished(result(TWO)),
            JobReport.planned(List.of(ONE, TWO), List.of("a warning")),
            JobReport.finished(result(ONE)),
            JobReport.finished(result(TWO))),
        new MergeResults.Heard(
            List.of(ONE, TWO),
            List.of("a warning"),
            List.of(result(ONE), result(TWO)),
            Optional.empty()));
  }

  @Test
  void planWithoutJobsIsHeard() {
    MergeResults merge = new MergeResults();

    MergeResults.Heard heard =
        merge.extractOutput(
            merge.addInput(merge.createAccumulator(), JobReport.planned(List.of(), List.of())));

    assertThat(
        heard, equalTo(new MergeResults.Heard(List.of(), List.of(), List.of(), Optional.empty())));
  }

  @Test
  void jobThatWasTurnedAwayIsHeard() {
    CombineFnTester.testCombineFn(
        new MergeResults(),
        Arrays.asList(
            JobReport.turnedAway("job b is at work"),
            JobReport.planned(List.of(ONE, TWO), List.of("a warning")),
            JobReport.finished(result(TWO)),
            JobReport.turnedAway("job a is at work")),
        new MergeResults.Heard(
            List.of(ONE, TWO),
            List.of("a warning"),
            List.of(result(TWO)),
            Optional.of("job a is at work")));
  }

  @Test
  void gatheringIsCodedAlikeInWhateverOrderReportsCame() throws Exception {
    MergeResults merge = new MergeResults();
    var coder = merge.getAccumulatorCoder(CoderRegistry.createDefault(), null);
    MergeResults.Gathering one = merge.createAccumulator();
    MergeResults.Gathering other = merge.createAccumulator();
    for (RegionJobKey key : List.of(ONE, TWO)) {
      merge.addInput(one, JobReport.finished(result(key)));
    }
    for (RegionJobKey key : List.of(TWO, ONE, TWO)) {
      merge.addInput(other, JobReport.finished(result(key)));
    }

    byte[] bytes = CoderUtils.encodeToByteArray(coder, one);

    coder.verifyDeterministic();
    assertThat(CoderUtils.encodeToByteArray(coder, other), equalTo(bytes));
    assertThat(CoderUtils.decodeFromByteArray(coder, bytes).heard(), equalTo(one.heard()));
  }

  @Test
  void manyReportsCostNoMoreEachThanFew() {
    MergeResults merge = new MergeResults();

    MergeResults.Gathering gathering =
        assertTimeoutPreemptively(
            Duration.ofSeconds(20),
            () -> {
              MergeResults.Gathering all = merge.createAccumulator();
              for (int region = 0; region < 200_000; region++) {
                merge.addInput(all, JobReport.finished(result(new RegionJobKey(region, 0))));
              }
              return all;
            });

    assertThat(gathering.heard().results().size(), equalTo(200_000));
  }
}
