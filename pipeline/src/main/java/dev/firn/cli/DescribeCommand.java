package dev.firn.cli;

import dev.firn.dataset.DatasetSpec;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code firn describe}. */
@Command(
    name = "describe",
    mixinStandardHelpOptions = true,
    description =
        "Shows a dataset's dimensions, storage, coordinates, variables, sources, schedule and memory.")
final class DescribeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private CatalogOption catalog;

  @Parameters(paramLabel = "DATASET", description = "The dataset's id, see 'firn datasets'.")
  private String dataset;

  @Option(names = "--json", description = "Prints JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    DatasetSpec found = catalog.load().entry(dataset).spec();
    PrintWriter out = spec.commandLine().getOut();
    out.println(json ? new DatasetJson(found).text() : new DatasetDescription(found).text());
    out.flush();
    return ExitCode.DONE;
  }
}
