package dev.firn.cli;

import dev.firn.dataset.ConfigurationException;
import dev.firn.update.UpdateMonitor;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What {@code backfill} and {@code update} have in common. */
final class UpdateOptions extends RunOptions {
  @Parameters(
      index = "0",
      paramLabel = "DATASET",
      description = "The dataset's id, see 'firn datasets'.")
  String dataset;

  @Option(
      names = "--job",
      paramLabel = "NAME",
      description =
          "The job's name; the same name resumes an interrupted job. Default: derived from the work.")
  String job;

  @Option(
      names = "--variables",
      split = ",",
      paramLabel = "NAME",
      description = "Only these variables; whole shards of them always run.")
  List<String> variables = new ArrayList<>();

  @ArgGroup(exclusive = false)
  WorkerOptions worker;

  @Option(
      names = "--retries-left",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "How often whoever started this process will start it again if it fails. A failure is told to"
              + " --check-ins when none is left. Default: 0.")
  int retriesLeft;

  @Parameters(
      index = "1..*",
      paramLabel = "-- BEAM_OPTION",
      description = "Options of the Beam pipeline, after '--'.")
  List<String> beamOptions = new ArrayList<>();

  @Override
  List<String> beamOptions() {
    return beamOptions;
  }

  /** Who tells how the update goes. */
  UpdateMonitor monitor() {
    try {
      return workerSettings().monitor();
    } catch (IllegalArgumentException invalid) {
      throw new ConfigurationException(invalid.getMessage(), invalid);
    }
  }
}
