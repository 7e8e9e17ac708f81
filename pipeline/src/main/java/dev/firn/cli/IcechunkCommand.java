package dev.firn.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.io.icechunk.Repository;
import dev.firn.io.icechunk.Version;
import dev.firn.io.icechunk.format.SnapshotId;
import dev.firn.io.icechunk.format.SnapshotInfo;
import dev.firn.io.object.ObjectStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
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
    try (ObjectStore store = options.store()) {
      Repository repository = IcechunkOptions.repository(store);
      SnapshotId from =
          tip == null ? repository.lookup(Version.branch("main")) : tip.of(repository);
      List<SnapshotInfo> history =
          repository.ancestry(Version.snapshot(from)).stream()
              .limit(most == null ? Long.MAX_VALUE : most)
              .toList();
      if (options.json) {
        ArrayNode json = array();
        history.forEach(snapshot -> json.add(json(snapshot)));
        print(json);
      } else {
        TextTable table = new TextTable("snapshot", "committed", "message");
        history.forEach(
            snapshot ->
                table.add(snapshot.id(), snapshot.flushedAt(), firstLine(snapshot.message())));
        print(table.lines());
      }
    }
    return ExitCode.DONE;
  }

  @Command(
      name = "branches",
      mixinStandardHelpOptions = true,
      description = "Lists the branches and where they end.")
  int branches(@Mixin IcechunkOptions options) throws IOException {
    try (ObjectStore store = options.store()) {
      Repository repository = IcechunkOptions.repository(store);
      printRefs("branch", repository.branches(), repository, options.json);
    }
    return ExitCode.DONE;
  }

  @Command(
      name = "tags",
      mixinStandardHelpOptions = true,
      description = "Lists the tags and their snapshots.")
  int tags(@Mixin IcechunkOptions options) throws IOException {
    try (ObjectStore store = options.store()) {
      Repository repository = IcechunkOptions.repository(store);
      printRefs("tag", repository.tags(), repository, options.json);
    }
    return ExitCode.DONE;
  }

  private void printRefs(
      String kind, SortedMap<String, SnapshotId> refs, Repository repository, boolean asJson)
      throws IOException {
    ArrayNode json = array();
    TextTable table = new TextTable(kind, "snapshot", "committed", "message");
    for (var ref : refs.entrySet()) {
      SnapshotInfo snapshot = repository.ancestry(Version.snapshot(ref.getValue())).get(0);
      ObjectNode object = json.addObject().put("name", ref.getKey());
      object.setAll(json(snapshot));
      table.add(ref.getKey(), snapshot.id(), snapshot.flushedAt(), firstLine(snapshot.message()));
    }
    if (asJson) {
      print(json);
    } else {
      print(table.lines());
    }
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
    try (ObjectStore store = options.store()) {
      Repository repository = IcechunkOptions.repository(store);
      IcechunkNodes nodes =
          IcechunkNodes.of(
              repository, IcechunkOptions.snapshot(repository, at), Optional.ofNullable(path));
      if (options.json) {
        print(nodes.json());
      } else {
        print(nodes.table());
      }
    }
    return ExitCode.DONE;
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
    try (ObjectStore store = options.store()) {
      Repository repository = IcechunkOptions.repository(store);
      IcechunkDiff diff =
          IcechunkDiff.between(
              repository,
              IcechunkOptions.snapshot(repository, from),
              IcechunkOptions.snapshot(repository, to));
      if (options.json) {
        print(diff.json());
      } else {
        print(diff.table());
      }
    }
    return ExitCode.DONE;
  }

  private static ObjectNode json(SnapshotInfo snapshot) {
    ObjectNode json = new ObjectMapper().createObjectNode().put("snapshot", snapshot.id().text());
    json.put("parent", snapshot.parent().map(SnapshotId::text).orElse(null));
    json.put("written_at", snapshot.flushedAt().toString()).put("message", snapshot.message());
    ObjectNode metadata = json.putObject("metadata");
    snapshot.metadata().forEach(metadata::set);
    return json;
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse("");
  }

  private static ArrayNode array() {
    return new ObjectMapper().createArrayNode();
  }

  private void print(JsonNode json) {
    print(List.of(json.toPrettyString()));
  }

  private void print(List<String> lines) {
    PrintWriter out = spec.commandLine().getOut();
    lines.forEach(out::println);
    out.flush();
  }
}
