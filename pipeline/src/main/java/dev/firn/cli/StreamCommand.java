package dev.firn.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code firn stream}. */
@Command(
    name = "stream",
    mixinStandardHelpOptions = true,
    description =
        "Keeps archives current by itself: publishes forecasts as their files come, until it is stopped.",
    footer = {
      "",
      "Started again, it takes up what came meanwhile: archives themselves know which files they are made of."
    })
final class StreamCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private StreamOptions options;

  @Override
  public Integer call() throws IOException {
    return new StreamRun(options, spec.commandLine()).run();
  }
}
