package dev.firn.cli;

import dev.firn.io.icechunk.Repository;
import dev.firn.io.icechunk.Version;
import dev.firn.io.icechunk.format.SnapshotId;
import dev.firn.io.object.ObjectStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code firn icechunk}. */
@Command(
    name = "icechunk",
    mixinStandardHelpOptions = true,
    description = "Looks into Icechunk repositories and looks after them.",
    subcommands = {
      IcechunkGcCommand.class,
      IcechunkExpireCommand.class,
      IcechunkVerifyCommand.class
    })
final class IcechunkCommand implements Runnable {
  @Spec private CommandSpec spec;

  /** Where a history is to begin; {@code main} when nothing is said. */
  static final class Tip {
    @Option(names = "--branch", paramLabel = "NAME", description = "The history of a branch.")
    private String branch;

    @Option(names = "--tag", paramLabel = "NAME", description = "The history of a tag.")
    private String tag;

    @Option(names = "--snapshot", paramLabel = "ID", description = "The history of a snapshot.")
    private String snapshot;

    SnapshotId of(Repository repository) throws IOException {
      if (snapshot != null) {
        return IcechunkOptions.snapshot(repository, snapshot);
      }
      Version version = tag != null ? Version.tag(tag) : Version.branch(branch);
      return IcechunkOptions.lookup(repository, version);
    }
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "A command is missing: firn icechunk log|branches|tags|ls|diff|gc|expire|verify REPO");
  }

  @Command(
      name = "log",
      mixinStandardHelpOptions = true,
      description = "Lists a history: what was committed when, the newest first.")
  int log(
      @Mixin IcechunkOptions options,
      @ArgGroup(exclusive = true) Tip tip,
      @Option(names = "-n", paramLabel = "N", description = "At most so many snapshots.")
          Integer most)
      throws IOException {
    return show(
        options,
        repository ->
            IcechunkSnapshots.history(
                repository,
                tip == null ? repository.lookup(Version.branch("main")) : tip.of(repository),
                most == null ? Long.MAX_VALUE : most));
  }

  @Command(
      name = "branches",
      mixinStandardHelpOptions = true,
      description = "Lists the branches and where they end.")
  int branches(@Mixin IcechunkOptions options) throws IOException {
    return show(
        options,
        repository -> IcechunkSnapshots.named("branch", repository.branches(), repository));
  }

  @Command(
      name = "tags",
      mixinStandardHelpOptions = true,
      description = "Lists the tags and their snapshots.")
  int tags(@Mixin IcechunkOptions options) throws IOException {
    return show(
        options, repository -> IcechunkSnapshots.named("tag", repository.tags(), repository));
  }

  @Command(
      name = "ls",
      mixinStandardHelpOptions = true,
      description =
          "Lists the arrays and groups of a snapshot: shape, chunks, type, stored chunks.")
  int ls(
      @Mixin IcechunkOptions options,
      @Parameters(
              index = "1",
              arity = "0..1",
              paramLabel = "PATH",
              description = "Only this array or group and what is in it.")
          String path,
      @Option(
              names = "--at",
              paramLabel = "REF",
              defaultValue = "main",
              description = "A branch, tag or snapshot. Default: ${DEFAULT-VALUE}.")
          String at)
      throws IOException {
    return show(
        options,
        repository ->
            IcechunkNodes.of(
                repository, IcechunkOptions.snapshot(repository, at), Optional.ofNullable(path)));
  }

  @Command(
      name = "diff",
      mixinStandardHelpOptions = true,
      description = "Lists what changed from a snapshot to a later one of the same history.")
  int diff(
      @Mixin IcechunkOptions options,
      @Parameters(index = "1", paramLabel = "FROM", description = "A branch, tag or snapshot.")
          String from,
      @Parameters(index = "2", paramLabel = "TO", description = "A branch, tag or snapshot.")
          String to)
      throws IOException {
    return show(
        options,
        repository ->
            IcechunkDiff.between(
                repository,
                IcechunkOptions.snapshot(repository, from),
                IcechunkOptions.snapshot(repository, to)));
  }

  /** Looks at a repository. */
  private interface Look {
    IcechunkListing at(Repository repository) throws IOException;
  }

  private int show(IcechunkOptions options, Look look) throws IOException {
    try (ObjectStore store = options.store()) {
      IcechunkListing seen = look.at(IcechunkOptions.repository(store));
      PrintWriter out = spec.commandLine().getOut();
      (options.json ? List.of(seen.json().toPrettyString()) : seen.table()).forEach(out::println);
      out.flush();
    }
    return ExitCode.DONE;
  }
}
