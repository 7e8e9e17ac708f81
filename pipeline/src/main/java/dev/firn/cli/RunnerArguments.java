package dev.firn.cli;

import dev.firn.dataset.ConfigurationException;
import dev.firn.flink.FlinkCluster;
import dev.firn.update.UpdateId;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The arguments of a Beam pipeline: what the chosen runner needs, then the user's own. */
final class RunnerArguments {
  private static final String DATAFLOW_RUNNER = "org.apache.beam.runners.dataflow.DataflowRunner";
  private static final String IN_PROCESS = "[local]";

  /** On Flink: how often state is made durable, and how long elements may wait for others. */
  private static final Map<String, String> STREAMING =
      Map.of("streaming", "true", "checkpointingInterval", "5000", "maxBundleTimeMills", "100");

  private final RunOptions options;

  RunnerArguments(RunOptions options) {
    this.options = options;
  }

  /** The arguments for running {@code update}; what the user gave stands. */
  List<String> of(UpdateId update, Consumer<String> note) throws IOException {
    return of(update.job(), Map.of(), note);
  }

  /**
   * The arguments for running a stream.
   *
   * @param name of the stream
   */
  List<String> ofStream(String name, Consumer<String> note) throws IOException {
    return of(name, STREAMING, note);
  }

  private List<String> of(String name, Map<String, String> more, Consumer<String> note)
      throws IOException {
    Map<String, String> chosen = new LinkedHashMap<>();
    switch (options.runner) {
      case DIRECT -> addDirect(chosen);
      case FLINK -> addFlink(chosen, note);
      case DATAFLOW -> addDataflow(chosen);
    }
    if (options.runner != RunOptions.Runner.DIRECT) {
      chosen.put("jobName", jobName(name));
      chosen.putAll(more);
    }
    List<String> arguments = new ArrayList<>();
    chosen.forEach(
        (option, value) -> {
          if (!isGiven(option)) {
            arguments.add("--" + option + "=" + value);
          }
        });
    arguments.addAll(options.beamOptions());
    return arguments;
  }

  /** What Beam checks of coders and elements for tests; here it would only take time. */
  private static void addDirect(Map<String, String> chosen) {
    chosen.put("enforceEncodability", "false");
    chosen.put("enforceImmutability", "false");
  }

  private void addFlink(Map<String, String> chosen, Consumer<String> note) throws IOException {
    if (options.flinkMaster == null) {
      throw new ConfigurationException("--runner flink needs --flink-master HOST:PORT");
    }
    chosen.put("runner", "FlinkRunner");
    chosen.put("flinkMaster", options.flinkMaster);
    chosen.put("fasterCopy", "true");
    if (options.flinkMaster.equals(IN_PROCESS)) {
      return;
    }
    FlinkCluster cluster = new FlinkCluster(options.flinkMaster);
    chosen.put("parallelism", Integer.toString(cluster.slots()));
    jobJar().ifPresent(jar -> chosen.put("filesToStage", jar));
    if (!cluster.restartsJobs()) {
      note.accept(
          "warning: the Flink cluster at "
              + options.flinkMaster
              + " has no restart strategy, so a lost TaskManager fails the job; set"
              + " restart-strategy.type in its configuration");
    }
    note.accept("runs on Flink, see http://" + options.flinkMaster);
  }

  private static void addDataflow(Map<String, String> chosen) {
    try {
      Class.forName(DATAFLOW_RUNNER, false, RunnerArguments.class.getClassLoader());
    } catch (ClassNotFoundException absent) {
      throw new ConfigurationException(
          "Cannot run on dataflow: its runner is not there; build with mvn -Pdataflow package",
          absent);
    }
    chosen.put("runner", "DataflowRunner");
  }

  /** The jar that runs, if it is one. */
  private static Optional<String> jobJar() {
    try {
      Path code = Path.of(Firn.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return Files.isRegularFile(code) ? Optional.of(code.toString()) : Optional.empty();
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException("Cannot tell where Firn's code is", impossible);
    }
  }

  private boolean isGiven(String name) {
    return options.beamOptions().stream()
        .anyMatch(given -> given.equals("--" + name) || given.startsWith("--" + name + "="));
  }

  /** Letters, digits and dashes: what all runners take. */
  private static String jobName(String name) {
    return ("firn-" + name).toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
  }
}
