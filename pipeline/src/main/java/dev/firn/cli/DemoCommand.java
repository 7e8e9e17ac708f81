package dev.firn.cli;

import dev.firn.dataset.ConfigurationException;
import dev.firn.demo.DemoDirectory;
import dev.firn.flink.LocalCluster;
import dev.firn.update.StoreFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code firn demo}. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description =
        "Shows Firn at work, offline: writes two forecasts of a small made-up model as GRIB2 files,"
            + " backfills an archive with the first, updates it with the second, draws a map.")
final class DemoCommand implements Callable<Integer> {
  private static final int TASK_MANAGERS = 2;

  @Spec private CommandSpec spec;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      defaultValue = "firn-demo",
      description =
          "Where files, archive and map go: a directory that is absent, empty, or of an earlier demo,"
              + " which is then replaced. Default: ${DEFAULT-VALUE}.")
  private Path directory;

  @Option(
      names = "--runner",
      paramLabel = "RUNNER",
      defaultValue = "direct",
      description =
          "What executes the pipeline: direct, or flink on a cluster that is started for it.")
  private RunOptions.Runner runner;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "icechunk",
      description = "The archive's format: icechunk (default) or zarr.")
  private StoreFormat format;

  @Option(names = "--json", description = "Prints one JSON document.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    if (runner == RunOptions.Runner.DATAFLOW) {
      throw new ConfigurationException("The demo runs offline: on direct or flink");
    }
    DemoDirectory prepared = DemoDirectory.prepare(directory);
    List<String> options = List.of("--runner=" + text(runner));
    return runner == RunOptions.Runner.FLINK
        ? runOnFlink(prepared, options)
        : run(prepared, options);
  }

  private int runOnFlink(DemoDirectory prepared, List<String> options) throws IOException {
    tell("Starting a Flink cluster of %d processes".formatted(1 + TASK_MANAGERS));
    long begun = System.nanoTime();
    try (LocalCluster cluster = LocalCluster.start(prepared.flink(), TASK_MANAGERS)) {
      tell(
          String.format(
              Locale.ROOT,
              "It is ready after %.1f s; its logs are in %s",
              (System.nanoTime() - begun) / 1e9,
              prepared.flink()));
      List<String> withMaster = new ArrayList<>(options);
      withMaster.add("--flink-master=" + cluster.master());
      return run(prepared, withMaster);
    }
  }

  private int run(DemoDirectory prepared, List<String> options) throws IOException {
    return new DemoRun(prepared, format, spec.commandLine(), json, options).run();
  }

  private void tell(String text) {
    spec.commandLine().getErr().println("firn: " + text);
    spec.commandLine().getErr().flush();
  }

  private static String text(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT);
  }
}
