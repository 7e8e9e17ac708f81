package dev.firn.beam;

import dev.firn.dataset.Template;
import dev.firn.update.JobResources;
import dev.firn.update.MergedResults;
import dev.firn.update.Publisher;
import dev.firn.update.Sources;
import dev.firn.update.UpdateId;
import dev.firn.update.UpdateOutcome;
import dev.firn.update.WorkProgress;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;

/**
 * Shows readers what the jobs of an update wrote. A ParDo of its own, because combining must have
 * no side effects.
 */
final class PublishUpdate
    extends PTransform<PCollection<KV<UpdateId, MergeResults.Heard>>, PCollection<UpdateOutcome>> {
  private static final long serialVersionUID = 1L;

  private final Datasets datasets;
  private final WorkerSettings settings;

  PublishUpdate(Datasets datasets, WorkerSettings settings) {
    this.datasets = datasets;
    this.settings = settings;
  }

  @Override
  public PCollection<UpdateOutcome> expand(PCollection<KV<UpdateId, MergeResults.Heard>> updates) {
    return updates
        .apply("Publish", ParDo.of(new PublishFn(datasets, settings)))
        .setCoder(JsonCoder.of(UpdateOutcome.class));
  }

  static final class PublishFn extends DoFn<KV<UpdateId, MergeResults.Heard>, UpdateOutcome> {
    private static final long serialVersionUID = 1L;
    private final Datasets datasets;
    private final WorkerSettings settings;
    private final JobMetrics metrics = new JobMetrics();
    private transient Sources sources;

    PublishFn(Datasets datasets, WorkerSettings settings) {
      this.datasets = datasets;
      this.settings = settings;
    }

    @Setup
    public void setup() {
      sources = settings.sources();
    }

    @ProcessElement
    public void processElement(
        @Element KV<UpdateId, MergeResults.Heard> update, OutputReceiver<UpdateOutcome> out)
        throws IOException {
      out.output(publish(update));
    }

    UpdateOutcome publish(KV<UpdateId, MergeResults.Heard> update) throws IOException {
      Template template = datasets.template(update.getKey().dataset());
      MergedResults results = new MergedResults();
      update.getValue().results().forEach(results::add);
      JobResources resources =
          new JobResources(sources, settings.budget(), WorkProgress.ofProcess());
      Publisher publisher = new Publisher(template, Clock.systemUTC(), resources);
      Optional<String> busy = update.getValue().busy();
      UpdateOutcome outcome =
          busy.isPresent()
              ? publisher.turnAway(update.getKey(), busy.get(), results)
              : publisher.publish(update.getKey(), results);
      metrics.count(outcome);
      return settings.monitor().ended(outcome, update.getValue().warnings());
    }

    @Teardown
    public void teardown() throws IOException {
      sources.close();
    }
  }
}
