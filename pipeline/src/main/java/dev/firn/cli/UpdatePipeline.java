package dev.firn.cli;

import dev.firn.beam.Datasets;
import dev.firn.beam.ReformatUpdate;
import dev.firn.beam.WorkerSettings;
import dev.firn.catalog.Catalog;
import dev.firn.dataset.ConfigurationException;
import dev.firn.update.UpdateRequest;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.Create;

/** The Beam pipeline of one request, on the runner that the options name. */
final class UpdatePipeline {
  private final UpdateOptions options;
  private final Catalog.Entry dataset;

  UpdatePipeline(UpdateOptions options, Catalog.Entry dataset) {
    this.options = options;
    this.dataset = dataset;
  }

  /** Builds the pipeline and runs it to its end. */
  void run(UpdateRequest request) {
    Pipeline pipeline = Pipeline.create(beamOptions());
    pipeline
        .apply("Requests", Create.of(request).withCoder(ReformatUpdate.requestCoder()))
        .apply(
            "ReformatUpdate",
            ReformatUpdate.of(
                Datasets.of(Map.of(dataset.spec().id(), dataset.definition())),
                new WorkerSettings(
                    Firn.Version.text(), options.memoryBytes(), options.mirrorMap())));
    pipeline.run().waitUntilFinish();
  }

  private PipelineOptions beamOptions() {
    try {
      return PipelineOptionsFactory.fromArgs(options.beamOptions.toArray(String[]::new)).create();
    } catch (IllegalArgumentException unknown) {
      throw new ConfigurationException(
          "Invalid Beam options " + options.beamOptions + ": " + unknown.getMessage(), unknown);
    }
  }
}
