package dev.firn.cli;

import dev.firn.dataset.ConfigurationException;
import dev.firn.update.JobFilter;
import dev.firn.update.UpdateRequest;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code firn backfill}. */
@Command(
    name = "backfill",
    mixinStandardHelpOptions = true,
    description =
        "Writes chosen times of an archive, new or existing, and shows them to readers in one step.")
final class BackfillCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private UpdateOptions options;

  @Option(
      names = "--end",
      required = true,
      paramLabel = "TIME",
      converter = UserTime.class,
      description = "Times before this one; it is not included itself.")
  private Instant end;

  @Option(
      names = "--start",
      paramLabel = "TIME",
      converter = UserTime.class,
      description = "Times from this one on. Default: the start of the archive.")
  private Instant start;

  @Option(
      names = "--contains",
      split = ",",
      paramLabel = "TIME",
      converter = UserTime.class,
      description = "Only shards that hold one of these times.")
  private List<Instant> contains = new ArrayList<>();

  @Option(
      names = "--publish-every",
      paramLabel = "N",
      description =
          "Works off a long backfill in windows of N shards along the append dimension, each published"
              + " by itself. Default: about two hours of work.")
  private Integer publishEvery;

  @Option(names = "--overwrite-chunks", description = "Rewrites what an existing store has.")
  private boolean overwriteChunks;

  @Option(
      names = "--overwrite-metadata",
      description = "Changes the metadata of an existing store.")
  private boolean overwriteMetadata;

  @Override
  public Integer call() throws IOException {
    if (publishEvery != null && publishEvery < 1) {
      throw new ConfigurationException(
          "Invalid --publish-every " + publishEvery + ": expected 1 or more");
    }
    JobFilter filter = new JobFilter(Optional.ofNullable(start), end, contains, options.variables);
    return UpdateRun.of(options, spec.commandLine())
        .run(
            UpdateRequest.Kind.BACKFILL,
            filter,
            overwriteChunks,
            overwriteMetadata,
            publishEvery == null ? OptionalInt.empty() : OptionalInt.of(publishEvery));
  }
}
