package dev.firn.cli;

import dev.firn.beam.Datasets;
import dev.firn.beam.ReformatUpdate;
import dev.firn.catalog.Catalog;
import dev.firn.dataset.ConfigurationException;
import dev.firn.io.object.ClockDriftException;
import dev.firn.update.UpdateRequest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
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
    Pipeline pipeline = pipeline(runner.of(request.id(), note));
    pipeline
        .apply("Requests", Create.of(request).withCoder(ReformatUpdate.requestCoder()))
        .apply(
            "ReformatUpdate",
            ReformatUpdate.of(
                Datasets.of(Map.of(dataset.spec().id(), dataset.definition())),
                options.workerSettings()));
    try {
      pipeline.run().waitUntilFinish();
    } catch (RuntimeException failed) {
      throw failure(failed);
    }
  }

  /**
   * Runners wrap what a job throws, each in its own way.
   *
   * @throws RefusedException if a worker did not write because of its clock
   */
  private IOException failure(RuntimeException failed) {
    String drift = ClockDriftException.class.getName() + ": ";
    Throwable cause = failed;
    for (Throwable each = failed; each != null; each = each.getCause()) {
      int found = each.toString().lastIndexOf(drift); // Flink has the text of it alone
      if (found >= 0) {
        throw new RefusedException("published", each.toString().substring(found + drift.length()));
      }
    }
    while (cause.getCause() != null && !tellsMore(cause)) {
      cause = cause.getCause();
    }
    String why = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    return new IOException(
        options.runner == UpdateOptions.Runner.FLINK
            ? "The job on Flink at " + options.flinkMaster + " has failed: " + why
            : why,
        failed);
  }

  /** Whether an exception does more than repeat its cause; Flink's own never tell of the job. */
  private boolean tellsMore(Throwable failure) {
    return options.runner != UpdateOptions.Runner.FLINK
        && failure.getMessage() != null
        && !failure.getMessage().equals(failure.getCause().toString());
  }

  private static Pipeline pipeline(List<String> arguments) {
    try {
      return Pipeline.create(
          PipelineOptionsFactory.fromArgs(arguments.toArray(String[]::new)).create());
    } catch (IllegalArgumentException invalid) {
      throw new ConfigurationException(
          "Invalid Beam options " + arguments + ": " + invalid.getMessage(), invalid);
    }
  }
}
