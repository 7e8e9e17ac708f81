package dev.firn.cli;

import dev.firn.beam.Datasets;
import dev.firn.beam.ReformatUpdate;
import dev.firn.catalog.Catalog;
import dev.firn.update.UpdateRequest;
import java.io.IOException;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.Create;

/** The Beam pipeline of one request, on the runner that the options name. */
final class UpdatePipeline {
  private final UpdateOptions options;
  private final Catalog.Entry dataset;
  private final RunnerArguments runner;

  UpdatePipeline(UpdateOptions options, Catalog.Entry dataset) {
    this.options = options;
    this.dataset = dataset;
    this.runner = new RunnerArguments(options);
  }

  /**
   * Builds the pipeline and runs it to its end.
   *
   * @param note hears what a user should know about the runner
   */
  void run(UpdateRequest request, Consumer<String> note) throws IOException {
    Pipeline pipeline = BeamPipelines.create(runner.of(request.id(), note));
    pipeline
        .apply("Requests", Create.of(request).withCoder(ReformatUpdate.requestCoder()))
        .apply(
            "ReformatUpdate",
            ReformatUpdate.of(
                Datasets.of(Map.of(dataset.spec().id(), dataset.definition())),
                options.workerSettings()));
    BeamPipelines.run(pipeline, options);
  }
}
