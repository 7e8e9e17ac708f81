package dev.firn.beam;

import dev.firn.update.SourceFile;
import dev.firn.update.UpdateId;
import dev.firn.update.UpdateOutcome;
import dev.firn.update.UpdateRequest;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;

/**
 * Backfills and updates archives: from requests to their outcomes.
 *
 * <pre>
 *   UpdateRequest ── PlanUpdate ──► SourceFile by region job
 *                        │                │ GroupByKey
 *                        │                ▼
 *                        │           WriteShards        fetch ► decode ► place ► transform ► encode ► put
 *                        │ plan           │ results
 *                        └──────┬─────────┘
 *                          MergeResults                 per update
 *                               ▼
 *                          PublishUpdate                check ► prepare ► publish ► clean up
 * </pre>
 */
public final class ReformatUpdate
    extends PTransform<PCollection<UpdateRequest>, PCollection<UpdateOutcome>> {
  private static final long serialVersionUID = 1L;

  private final Datasets datasets;
  private final WorkerSettings settings;

  private ReformatUpdate(Datasets datasets, WorkerSettings settings) {
    this.datasets = datasets;
    this.settings = settings;
  }

  /** Updates of {@code datasets}. */
  public static ReformatUpdate of(Datasets datasets, WorkerSettings settings) {
    return new ReformatUpdate(datasets, settings);
  }

  /** The coder of what goes in. */
  public static Coder<UpdateRequest> requestCoder() {
    return JsonCoder.of(UpdateRequest.class);
  }

  @Override
  public PCollection<UpdateOutcome> expand(PCollection<UpdateRequest> requests) {
    PCollectionTuple planned = requests.apply("PlanUpdate", new PlanUpdate(datasets, settings));
    PCollection<KV<JobId, Iterable<SourceFile>>> jobs =
        planned.get(PlanUpdate.FILES).apply("GroupByRegionJob", GroupByKey.create());
    PCollectionTuple written = jobs.apply("WriteShards", new WriteShards(datasets, settings));
    PCollection<KV<UpdateId, MergeResults.Heard>> heard =
        PCollectionList.of(planned.get(PlanUpdate.PLANS))
            .and(written.get(WriteShards.RESULTS))
            .apply("GatherReports", Flatten.pCollections())
            .apply("MergeResults", Combine.perKey(new MergeResults()));
    PCollection<UpdateOutcome> published =
        heard.apply("PublishUpdate", new PublishUpdate(datasets, settings));
    return PCollectionList.of(planned.get(PlanUpdate.SETTLED))
        .and(published)
        .apply("GatherOutcomes", Flatten.pCollections());
  }
}
