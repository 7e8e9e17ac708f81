package dev.firn.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code firn icechunk}. */
@Command(
    name = "icechunk",
    mixinStandardHelpOptions = true,
    description = "Looks into Icechunk repositories and looks after them.",
    subcommands = {
      IcechunkListingCommand.Log.class,
      IcechunkListingCommand.Branches.class,
      IcechunkListingCommand.Tags.class,
      IcechunkListingCommand.Ls.class,
      IcechunkListingCommand.Diff.class,
      IcechunkGcCommand.class,
      IcechunkExpireCommand.class,
      IcechunkVerifyCommand.class
    })
final class IcechunkCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "A command is missing: firn icechunk log|branches|tags|ls|diff|gc|expire|verify REPO");
  }
}
