package dev.firn.cli;

import dev.firn.dataset.ConfigurationException;
import dev.firn.io.FormatException;
import dev.firn.io.icechunk.format.IcechunkException;
import dev.firn.io.object.ClockDriftException;
import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The {@code firn} command. */
@Command(
    name = "firn",
    mixinStandardHelpOptions = true,
    versionProvider = Firn.Version.class,
    description = "Keeps archives of gridded weather data up to date.",
    subcommands = {
      DatasetsCommand.class,
      DescribeCommand.class,
      BackfillCommand.class,
      UpdateCommand.class,
      StreamCommand.class,
      LedgerCommand.class,
      HealCommand.class,
      ZarrCommand.class,
      GribCommand.class,
      NetcdfCommand.class,
      IcechunkCommand.class,
      PlotCommand.class,
      DemoCommand.class,
      FlinkClusterCommand.class,
      CommandLine.HelpCommand.class
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done, also when there was nothing new",
      "1:the work failed",
      "2:wrong usage",
      "3:refused by a guard, or because the store had changed; nothing was published",
      "130:interrupted"
    })
public final class Firn implements Runnable {
  @Spec private CommandSpec spec;

  /** Runs a command line and exits with its code. */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Firn())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler((failure, command, parsed) -> report(failure, command));
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "A command is missing");
  }

  private static int report(Exception failure, CommandLine command) throws Exception {
    if (failure instanceof ConfigurationException) {
      command.getErr().println("firn: " + failure.getMessage());
      return ExitCode.WRONG_USAGE;
    }
    if (failure instanceof RefusedException) {
      command.getErr().println("firn: " + failure.getMessage());
      return ExitCode.REFUSED;
    }
    if (failure instanceof ClockDriftException) {
      command.getErr().println("firn: refused, nothing was published: " + failure.getMessage());
      return ExitCode.REFUSED;
    }
    if (failure instanceof IOException
        || failure instanceof FormatException
        || failure instanceof IcechunkException) {
      command.getErr().println("firn: " + failure.getMessage());
      return ExitCode.FAILED;
    }
    throw failure;
  }

  /** The version of the jar that runs. */
  static final class Version implements IVersionProvider {
    static String text() {
      String version = Firn.class.getPackage().getImplementationVersion();
      return version == null ? "development" : version;
    }

    @Override
    public String[] getVersion() {
      return new String[] {"firn " + text()};
    }
  }
}
