package dev.firn.beam;

import dev.firn.live.LivePublication;
import dev.firn.update.SourceFile;
import dev.firn.update.UpdateId;
import dev.firn.update.UpdateOutcome;
import dev.firn.update.UpdateRequest;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TypeDescriptor;

/**
 * {@link ReformatUpdate} for requests without end: as nothing is ever all there, the files of a
 * region job travel together, results are merged in state, and updates of one dataset are published
 * one after the other.
 */
final class LiveUpdate
    extends PTransform<PCollection<UpdateRequest>, PCollection<LivePublication>> {
  private static final long serialVersionUID = 1L;

  private final Datasets datasets;
  private final WorkerSettings settings;
  private final LiveSettings live;

  LiveUpdate(Datasets datasets, WorkerSettings settings, LiveSettings live) {
    this.datasets = datasets;
    this.settings = settings;
    this.live = live;
  }

  @Override
  public PCollection<LivePublication> expand(PCollection<UpdateRequest> requests) {
    PCollectionTuple planned =
        requests
            .apply("SpreadUpdates", Reshuffle.viaRandomKey())
            .apply("PlanUpdate", new PlanUpdate(datasets, settings));
    PCollection<KV<JobId, Iterable<SourceFile>>> jobs =
        planned.get(PlanUpdate.JOBS).apply("SpreadJobs", Reshuffle.of());
    PCollectionTuple written = jobs.apply("WriteShards", new WriteShards(datasets, settings));
    PCollection<KV<UpdateId, MergeResults.Heard>> heard =
        PCollectionList.of(planned.get(PlanUpdate.PLANS))
            .and(written.get(WriteShards.RESULTS))
            .apply("GatherReports", Flatten.pCollections())
            .apply("MergeResults", new MergeAsHeard());
    PCollection<LivePublication> published =
        heard.apply("PublishInTurn", new PublishInTurn(datasets, settings, live));
    PCollection<LivePublication> settled =
        planned.get(PlanUpdate.SETTLED).apply("Settled", new SettledUpdates());
    return PCollectionList.of(published)
        .and(settled)
        .apply("GatherOutcomes", Flatten.pCollections());
  }

  /** Updates that needed no work. */
  private static final class SettledUpdates
      extends PTransform<PCollection<UpdateOutcome>, PCollection<LivePublication>> {
    private static final long serialVersionUID = 1L;

    @Override
    public PCollection<LivePublication> expand(PCollection<UpdateOutcome> outcomes) {
      return outcomes
          .apply(
              MapElements.into(TypeDescriptor.of(LivePublication.class))
                  .via(
                      outcome ->
                          new LivePublication(
                              outcome,
                              List.of(),
                              Optional.empty(),
                              Optional.empty(),
                              outcome.finished())))
          .setCoder(JsonCoder.of(LivePublication.class));
    }
  }
}
