package dev.firn.cli;

import dev.firn.dataset.ConfigurationException;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code firn heal}. */
@Command(
    name = "heal",
    mixinStandardHelpOptions = true,
    description =
        "Looks up every source file that the archive's ledger says is not in it, of whatever age, and reads"
            + " what has come or was replaced since; whatever else there is stays as it is.")
final class HealCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private UpdateOptions options;

  @Option(
      names = "--start",
      paramLabel = "TIME",
      converter = UserTime.class,
      description = "Times from this one on. Default: the start of the archive.")
  private Instant start = Instant.MIN;

  @Option(
      names = "--end",
      paramLabel = "TIME",
      converter = UserTime.class,
      description = "Times before this one. Default: the end of the archive.")
  private Instant end = Instant.MAX;

  @Option(
      names = "--replaced",
      description =
          "Also looks up files that are in the archive, one request each: they may have been replaced"
              + " without the archive being told.")
  private boolean replaced;

  @Option(names = "--dry-run", description = "Looks up, and reads nothing.")
  private boolean dryRun;

  @Override
  public Integer call() throws IOException {
    if (options.worker != null || options.job != null || !options.variables.isEmpty()) {
      throw new ConfigurationException(
          "Invalid heal: it names its updates itself, and is not divided among workers, nor by variables;"
              + " leave out --job, --worker-index and --variables");
    }
    UpdateRun run = UpdateRun.of(options, spec.commandLine());
    Heal heal = new Heal(options, run);
    heal.lookUp(new Heal.Span(start, end), replaced);
    int code = dryRun ? ExitCode.DONE : heal.read();
    run.print(options.json ? heal.json().toPrettyString() : heal.text());
    return code;
  }
}
