package dev.firn.beam;

import dev.firn.update.RegionJobKey;
import dev.firn.update.RegionJobResult;
import dev.firn.update.UpdateId;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.state.CombiningState;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.TimeDomain;
import org.apache.beam.sdk.state.Timer;
import org.apache.beam.sdk.state.TimerSpec;
import org.apache.beam.sdk.state.TimerSpecs;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.joda.time.Duration;

/**
 * {@link MergeResults} where reports never end: what is heard of an update is kept until every
 * planned job was heard from, handed on once, and forgotten.
 */
final class MergeAsHeard
    extends PTransform<
        PCollection<KV<UpdateId, JobReport>>, PCollection<KV<UpdateId, MergeResults.Heard>>> {
  private static final long serialVersionUID = 1L;

  @Override
  public PCollection<KV<UpdateId, MergeResults.Heard>> expand(
      PCollection<KV<UpdateId, JobReport>> reports) {
    return reports
        .apply("Merge", ParDo.of(new MergeFn()))
        .setCoder(KvCoder.of(new UpdateIdCoder(), JsonCoder.of(MergeResults.Heard.class)));
  }

  static final class MergeFn
      extends DoFn<KV<UpdateId, JobReport>, KV<UpdateId, MergeResults.Heard>> {
    private static final long serialVersionUID = 1L;

    /** An update that is not complete by then never will be; what awaits it begins it anew. */
    private static final Duration GIVEN_UP = Duration.standardHours(3);

    private final Counter lost = Metrics.counter("firn", "updates_never_completed");

    @StateId("heard")
    private final StateSpec<CombiningState<JobReport, MergeResults.Gathering, MergeResults.Heard>>
        heardSpec = StateSpecs.combining(new MergeResults.GatheringCoder(), new MergeResults());

    @StateId("planned")
    private final StateSpec<ValueState<Boolean>> plannedSpec = StateSpecs.value();

    @TimerId("give up")
    private final TimerSpec giveUpSpec = TimerSpecs.timer(TimeDomain.PROCESSING_TIME);

    @ProcessElement
    public void processElement(
        @Element KV<UpdateId, JobReport> report,
        @StateId("heard")
            CombiningState<JobReport, MergeResults.Gathering, MergeResults.Heard> heard,
        @StateId("planned") ValueState<Boolean> planned,
        @TimerId("give up") Timer giveUp,
        OutputReceiver<KV<UpdateId, MergeResults.Heard>> out) {
      heard.add(report.getValue());
      if (report.getValue().planned().isPresent()) {
        planned.write(true);
      }
      MergeResults.Heard all = heard.read();
      if (Boolean.TRUE.equals(planned.read()) && (isComplete(all) || all.busy().isPresent())) {
        out.output(KV.of(report.getKey(), all));
        heard.clear();
        planned.clear();
      }
      giveUp.offset(GIVEN_UP).setRelative();
    }

    private static boolean isComplete(MergeResults.Heard heard) {
      Set<RegionJobKey> keys =
          heard.results().stream().map(RegionJobResult::key).collect(Collectors.toSet());
      return keys.containsAll(heard.planned());
    }

    @OnTimer("give up")
    public void onGiveUp(
        @StateId("heard")
            CombiningState<JobReport, MergeResults.Gathering, MergeResults.Heard> heard,
        @StateId("planned") ValueState<Boolean> planned) {
      if (!heard.isEmpty().read()) {
        lost.inc();
      }
      heard.clear();
      planned.clear();
    }
  }
}
