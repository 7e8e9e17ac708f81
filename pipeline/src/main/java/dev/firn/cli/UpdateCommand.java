package dev.firn.cli;

import dev.firn.update.JobFilter;
import dev.firn.update.UpdateRequest;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code firn update}. */
@Command(
    name = "update",
    mixinStandardHelpOptions = true,
    description =
        "Reads the newest published forecast again, and the new ones, and shows them to readers in one step.")
final class UpdateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private UpdateOptions options;

  @Option(
      names = "--until",
      paramLabel = "TIME",
      converter = UserTime.class,
      description =
          "Forecasts that started before this time. Default: now, or as much before as the dataset says.")
  private Instant until;

  @Override
  public Integer call() throws IOException {
    UpdateRun run = UpdateRun.of(options, spec.commandLine());
    Instant end = until == null ? run.usualEnd() : until;
    JobFilter filter = new JobFilter(Optional.empty(), end, List.of(), options.variables);
    return run.run(UpdateRequest.Kind.UPDATE, filter, false, false, OptionalInt.empty());
  }
}
