package dev.firn.cli;

import dev.firn.demo.DemoDirectory;
import dev.firn.update.StoreFormat;
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
      description = "The archive's format: icechunk or zarr (default).")
  private StoreFormat format;

  @Option(names = "--json", description = "Prints one JSON document.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    String runs = "--runner=" + runner.name().toLowerCase(Locale.ROOT);
    DemoDirectory prepared = DemoDirectory.prepare(directory);
    return new DemoRun(prepared, format, spec.commandLine(), json, List.of(runs)).run();
  }
}
