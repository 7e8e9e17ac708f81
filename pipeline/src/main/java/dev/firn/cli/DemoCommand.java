package dev.firn.cli;

import dev.firn.demo.DemoDirectory;
import java.io.IOException;
import java.nio.file.Path;
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
      description = "What executes the pipeline: direct.")
  private UpdateOptions.Runner runner;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "zarr",
      description = "The archive's format: zarr.")
  private UpdateOptions.Format format;

  @Option(names = "--json", description = "Prints one JSON document.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    List<String> pipelineOptions = List.of("--runner=" + text(runner), "--format=" + text(format));
    DemoDirectory prepared = DemoDirectory.prepare(directory);
    return new DemoRun(prepared, spec.commandLine(), json, pipelineOptions).run();
  }

  private static String text(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT);
  }
}
