package dev.firn.cli;

import dev.firn.dataset.ConfigurationException;
import dev.firn.io.object.ClockDriftException;
import java.io.IOException;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/** Beam pipelines on the runner that options name. */
final class BeamPipelines {
  private BeamPipelines() {}

  /** An empty pipeline. */
  static Pipeline create(List<String> arguments) {
    try {
      return Pipeline.create(
          PipelineOptionsFactory.fromArgs(arguments.toArray(String[]::new)).create());
    } catch (IllegalArgumentException invalid) {
      throw new ConfigurationException(
          "Invalid Beam options " + arguments + ": " + invalid.getMessage(), invalid);
    }
  }

  /**
   * Runs a pipeline to its end.
   *
   * @throws RefusedException if a worker did not write because of its clock
   * @throws IOException if it failed, with what the work has thrown
   */
  static void run(Pipeline pipeline, RunOptions options) throws IOException {
    try {
      pipeline.run().waitUntilFinish();
    } catch (RuntimeException failed) {
      throw failure(failed, options);
    }
  }

  /** Runners wrap what a job throws, each in its own way. */
  private static IOException failure(RuntimeException failed, RunOptions options) {
    String drift = ClockDriftException.class.getName() + ": ";
    Throwable cause = failed;
    for (Throwable each = failed; each != null; each = each.getCause()) {
      int found = each.toString().lastIndexOf(drift); // Flink has the text of it alone
      if (found >= 0) {
        throw new RefusedException("published", each.toString().substring(found + drift.length()));
      }
    }
    boolean isFlink = options.runner == RunOptions.Runner.FLINK;
    while (cause.getCause() != null && (isFlink || !tellsMore(cause))) {
      cause = cause.getCause();
    }
    String why = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    return new IOException(
        isFlink ? "The job on Flink at " + options.flinkMaster + " has failed: " + why : why,
        failed);
  }

  /** Whether an exception does more than repeat its cause; Flink's own never tell of the job. */
  private static boolean tellsMore(Throwable failure) {
    return failure.getMessage() != null
        && !failure.getMessage().equals(failure.getCause().toString());
  }
}
