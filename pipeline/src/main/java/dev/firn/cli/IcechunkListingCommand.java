package dev.firn.cli;

import dev.firn.dataset.ConfigurationException;
import dev.firn.io.icechunk.Repository;
import dev.firn.io.icechunk.Version;
import dev.firn.io.icechunk.format.SnapshotId;
import dev.firn.io.object.ObjectStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Those of {@code firn icechunk} that show what is in a repository and change nothing. */
abstract class IcechunkListingCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private IcechunkOptions options;

  /** What there is to see. */
  abstract IcechunkListing of(Repository repository) throws IOException;

  @Override
  public final Integer call() throws IOException {
    try (ObjectStore store = options.store()) {
      IcechunkListing seen = of(IcechunkOptions.repository(store));
      PrintWriter out = spec.commandLine().getOut();
      (options.json ? List.of(seen.json().toPrettyString()) : seen.table()).forEach(out::println);
      out.flush();
    }
    return ExitCode.DONE;
  }

  /** {@code firn icechunk log}. */
  @Command(
      name = "log",
      mixinStandardHelpOptions = true,
      description = "Lists a history: what was committed when, the newest first.")
  static final class Log extends IcechunkListingCommand {
    @ArgGroup(exclusive = true)
    private Tip tip = new Tip();

    @Option(names = "-n", paramLabel = "N", description = "At most so many snapshots.")
    private long most = Long.MAX_VALUE;

    /** Where the history is to begin. */
    static final class Tip {
      @Option(
          names = "--branch",
          paramLabel = "NAME",
          description = "The history of a branch. Default: main.")
      private String branch = "main";

      @Option(names = "--tag", paramLabel = "NAME", description = "The history of a tag.")
      private String tag;

      @Option(names = "--snapshot", paramLabel = "ID", description = "The history of a snapshot.")
      private String snapshot;

      private SnapshotId of(Repository repository) throws IOException {
        if (snapshot != null) {
          return IcechunkOptions.snapshot(repository, snapshot);
        }
        Version version = tag != null ? Version.tag(tag) : Version.branch(branch);
        return IcechunkOptions.lookup(repository, version);
      }
    }

    @Override
    IcechunkListing of(Repository repository) throws IOException {
      if (most < 0) {
        throw new ConfigurationException("-n is " + most + ", expected a number from 0 on");
      }
      return IcechunkSnapshots.history(repository, tip.of(repository), most);
    }
  }

  /** {@code firn icechunk branches}. */
  @Command(
      name = "branches",
      mixinStandardHelpOptions = true,
      description = "Lists the branches and where they end.")
  static final class Branches extends IcechunkListingCommand {
    @Override
    IcechunkListing of(Repository repository) throws IOException {
      return IcechunkSnapshots.named("branch", repository.branches(), repository);
    }
  }

  /** {@code firn icechunk tags}. */
  @Command(
      name = "tags",
      mixinStandardHelpOptions = true,
      description = "Lists the tags and their snapshots.")
  static final class Tags extends IcechunkListingCommand {
    @Override
    IcechunkListing of(Repository repository) throws IOException {
      return IcechunkSnapshots.named("tag", repository.tags(), repository);
    }
  }

  /** {@code firn icechunk ls}. */
  @Command(
      name = "ls",
      mixinStandardHelpOptions = true,
      description =
          "Lists the arrays and groups of a snapshot: shape, chunks, type, stored chunks.")
  static final class Ls extends IcechunkListingCommand {
    @Parameters(
        index = "1",
        arity = "0..1",
        paramLabel = "PATH",
        description = "Only this array or group and what is in it.")
    private String path;

    @Option(
        names = "--at",
        paramLabel = "REF",
        defaultValue = "main",
        description = "A branch, tag or snapshot. Default: ${DEFAULT-VALUE}.")
    private String at;

    @Override
    IcechunkListing of(Repository repository) throws IOException {
      return IcechunkNodes.of(
          repository, IcechunkOptions.snapshot(repository, at), Optional.ofNullable(path));
    }
  }

  /** {@code firn icechunk diff}. */
  @Command(
      name = "diff",
      mixinStandardHelpOptions = true,
      description = "Lists what changed from a snapshot to a later one of the same history.")
  static final class Diff extends IcechunkListingCommand {
    @Parameters(index = "1", paramLabel = "FROM", description = "A branch, tag or snapshot.")
    private String from;

    @Parameters(index = "2", paramLabel = "TO", description = "A branch, tag or snapshot.")
    private String to;

    @Override
    IcechunkListing of(Repository repository) throws IOException {
      return IcechunkDiff.between(
          repository,
          IcechunkOptions.snapshot(repository, from),
          IcechunkOptions.snapshot(repository, to));
    }
  }
}
