package dev.firn.beam;

import dev.firn.live.Changes;
import dev.firn.live.LivePublication;
import dev.firn.update.MergedResults;
import dev.firn.update.UpdateId;
import dev.firn.update.UpdateOutcome;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.beam.sdk.metrics.Distribution;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptors;

/** {@link PublishUpdate} where updates never end: those of one dataset one after the other. */
final class PublishInTurn
    extends PTransform<
        PCollection<KV<UpdateId, MergeResults.Heard>>, PCollection<LivePublication>> {
  private static final long serialVersionUID = 1L;

  private final Datasets datasets;
  private final WorkerSettings settings;
  private final LiveSettings live;

  PublishInTurn(Datasets datasets, WorkerSettings settings, LiveSettings live) {
    this.datasets = datasets;
    this.settings = settings;
    this.live = live;
  }

  @Override
  public PCollection<LivePublication> expand(
      PCollection<KV<UpdateId, MergeResults.Heard>> updates) {
    return updates
        .apply(
            "ByDataset",
            WithKeys.<String, KV<UpdateId, MergeResults.Heard>>of(
                    update -> update.getKey().dataset())
                .withKeyType(TypeDescriptors.strings()))
        .apply("Publish", ParDo.of(new InTurnFn(datasets, settings, live)))
        .setCoder(JsonCoder.of(LivePublication.class));
  }

  static final class InTurnFn
      extends DoFn<KV<String, KV<UpdateId, MergeResults.Heard>>, LivePublication> {
    private static final long serialVersionUID = 1L;
    private final PublishUpdate.PublishFn publishing;
    private final Datasets datasets;
    private final WorkerSettings settings;
    private final LiveSettings live;
    private final Distribution toReadable = Metrics.distribution("firn", "millis_to_readable");
    private transient LiveArchives archives;

    /** That there is a state makes the runner do one after the other for each key. */
    @StateId("published")
    private final StateSpec<ValueState<Long>> publishedSpec = StateSpecs.value();

    InTurnFn(Datasets datasets, WorkerSettings settings, LiveSettings live) {
      this.publishing = new PublishUpdate.PublishFn(datasets, settings);
      this.datasets = datasets;
      this.settings = settings;
      this.live = live;
    }

    @Setup
    public void setup() {
      archives = new LiveArchives(datasets, settings, live);
    }

    @ProcessElement
    public void processElement(
        @Element KV<String, KV<UpdateId, MergeResults.Heard>> update,
        @StateId("published") ValueState<Long> published,
        OutputReceiver<LivePublication> out)
        throws IOException {
      published.write(Optional.ofNullable(published.read()).orElse(0L) + 1);
      String dataset = update.getKey();
      UpdateOutcome outcome = publishing.publish(update.getValue());
      MergedResults results = new MergedResults();
      update.getValue().getValue().results().forEach(results::add);
      archives.forget(dataset);
      LivePublication publication =
          new Changes(archives.of(dataset).template().spec(), archives.holdings(dataset))
              .of(outcome, results);
      publication.lastFile().ifPresent(last -> count(last, publication.readable()));
      out.output(publication);
    }

    private void count(Instant last, Instant readable) {
      toReadable.update(Math.max(0, Duration.between(last, readable).toMillis()));
    }

    @Teardown
    public void teardown() throws IOException {
      archives.close();
    }
  }
}
