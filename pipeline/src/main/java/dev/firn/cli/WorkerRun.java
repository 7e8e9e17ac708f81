package dev.firn.cli;

import dev.firn.beam.WorkerSettings;
import dev.firn.dataset.ConfigurationException;
import dev.firn.dataset.Template;
import dev.firn.io.object.ClockDriftException;
import dev.firn.update.IndexedWorker;
import dev.firn.update.JobResources;
import dev.firn.update.Sources;
import dev.firn.update.UpdateOutcome;
import dev.firn.update.UpdateRequest;
import dev.firn.update.WorkProgress;
import dev.firn.update.WorkerShare;
import java.io.IOException;

/** One request in this process, which is one of several that share it, without a pipeline. */
final class WorkerRun {
  private final UpdateOptions options;
  private final Template template;

  WorkerRun(UpdateOptions options, Template template) {
    this.options = options;
    this.template = template;
    options.worker.check();
    if (options.runner != RunOptions.Runner.DIRECT || !options.beamOptions.isEmpty()) {
      throw new ConfigurationException(
          "Invalid --worker-index: workers share the work without a runner; leave out --runner and what"
              + " follows '--'");
    }
  }

  WorkerShare share() {
    return options.worker.share();
  }

  /**
   * Does this worker's share; {@code more} says whether another window follows.
   *
   * @throws RefusedException if this host's clock is not that of a store
   */
  UpdateOutcome run(UpdateRequest request, boolean more) throws IOException {
    WorkerSettings settings = options.workerSettings();
    try (Sources sources = settings.sources()) {
      JobResources resources =
          new JobResources(sources, settings.budget(), WorkProgress.ofProcess());
      return new IndexedWorker(
              template, Firn.Version.text(), share(), resources, settings.monitor())
          .run(request, options.worker.wait(more));
    } catch (ClockDriftException drift) {
      throw new RefusedException("published", drift.getMessage());
    }
  }
}
