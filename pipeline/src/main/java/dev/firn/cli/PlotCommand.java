package dev.firn.cli;

import dev.firn.io.zarr.NodePath;
import dev.firn.plot.GeoMap;
import dev.firn.plot.MapPlot;
import dev.firn.plot.StoredMap;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code firn plot}. */
@Command(
    name = "plot",
    mixinStandardHelpOptions = true,
    description = "Draws a variable of a store as a map, into a PNG file.")
final class PlotCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "STORE", description = "The store's URL or path.")
  private String store;

  @Parameters(index = "1", paramLabel = "VARIABLE", description = "The variable's name or path.")
  private String variable;

  @Option(
      names = "--at",
      split = ",",
      paramLabel = "DIMENSION=PLACE",
      description =
          "Which map: by value (init_time=2026-01-01T06, lead_time=24h) or index (lead_time=8; -1 is"
              + " the last). Default: the newest time with data, the first lead time with data.")
  private Map<String, String> at = new LinkedHashMap<>();

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "FILE",
      description = "The PNG file to write.")
  private Path output;

  @Override
  public Integer call() throws IOException {
    try (StoredArchive archive = StoredArchive.open(store)) {
      GeoMap map = StoredMap.of(archive.group(), new NodePath(variable)).read(at);
      new MapPlot(map).write(output);
      GeoMap.Labels labels = map.labels();
      spec.commandLine()
          .getOut()
          .println("%s: %s, %s".formatted(output, labels.title(), labels.subtitle()));
      spec.commandLine().getOut().flush();
    }
    return ExitCode.DONE;
  }
}
