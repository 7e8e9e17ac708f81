package dev.firn.cli;

import dev.firn.dataset.AppendDimension;
import dev.firn.dataset.ConfigurationException;
import dev.firn.dataset.DatasetSpec;
import dev.firn.dataset.Template;
import dev.firn.update.Ledger;
import dev.firn.update.Ledgers;
import dev.firn.update.StoreFormat;
import dev.firn.update.StoreLocation;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code firn ledger}. */
@Command(
    name = "ledger",
    mixinStandardHelpOptions = true,
    description =
        "Shows which source files an archive stands on, which are awaited, missing or set aside.")
final class LedgerCommand implements Callable<Integer> {
  @Spec private CommandSpec command;
  @Mixin private CatalogOption catalog;

  @Parameters(paramLabel = "DATASET", description = "The dataset's id, see 'firn datasets'.")
  private String dataset;

  @Option(
      names = "--store",
      required = true,
      paramLabel = "URL",
      description =
          "Where the archive is: a URL or path that ends in .zarr or .icechunk is the store itself; below"
              + " any other, <dataset>/v<version>.<format> is.")
  private String store;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "icechunk",
      description = "The format of a store whose URL names none: icechunk (default) or zarr.")
  private StoreFormat format;

  @Option(
      names = "--forecast",
      paramLabel = "TIME",
      converter = UserTime.class,
      description = "The files of the forecast that started then, or of that time.")
  private Instant forecast;

  @Option(
      names = "--last",
      paramLabel = "N",
      defaultValue = "20",
      description = "Without --forecast: shows the newest N. Default: 20.")
  private int last;

  @Option(names = "--json", description = "Prints JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    DatasetSpec spec = catalog.load().entry(dataset).spec();
    String url = StoreLocation.of(LocalUrl.of(store), spec, format).url();
    Instant now = Instant.now();
    try (Ledger ledger = Ledgers.published(new Template(spec), url)) {
      PrintWriter out = command.commandLine().getOut();
      if (forecast == null) {
        LedgerOverview overview = new LedgerOverview(spec, url, ledger, now);
        out.println(json ? overview.json().toPrettyString() : overview.text(last));
      } else {
        LedgerOfForecast one = new LedgerOfForecast(spec, url, ledger, position(spec), now);
        out.println(json ? one.json().toPrettyString() : one.text());
      }
      out.flush();
    }
    return ExitCode.DONE;
  }

  private long position(DatasetSpec spec) {
    AppendDimension append = spec.append();
    long position = append.floor(forecast);
    if (position < 0 || !append.at(position).equals(forecast)) {
      throw new ConfigurationException(
          "Invalid --forecast %s: %s of %s begins at %s and has a value every %s"
              .formatted(forecast, append.name(), spec.id(), append.start(), append.every()));
    }
    return position;
  }
}
