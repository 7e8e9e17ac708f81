package dev.firn.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.io.icechunk.maintenance.Garbage;
import dev.firn.io.icechunk.maintenance.GarbageCollection;
import dev.firn.io.icechunk.maintenance.GarbageLimit;
import dev.firn.io.object.ObjectStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code firn icechunk gc}. */
@Command(
    name = "gc",
    mixinStandardHelpOptions = true,
    description =
        "Deletes chunks, manifests, transaction logs and snapshots that no branch or tag has reached since a time.")
final class IcechunkGcCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private IcechunkMaintenanceOptions options;

  @Override
  public Integer call() throws IOException {
    try (ObjectStore store = options.repository.store()) {
      var repository = IcechunkOptions.repository(store);
      repository.info();
      Instant limit = options.limit(store);
      Garbage garbage =
          IcechunkMaintenanceOptions.work(
              workers -> {
                GarbageCollection collection =
                    new GarbageCollection(
                        repository,
                        new GarbageLimit(limit, !options.force),
                        workers,
                        IcechunkMaintenanceOptions.progress(spec.commandLine().getErr()));
                return options.dryRun ? collection.preview() : collection.run();
              });
      print(garbage, limit, store.url());
    }
    return ExitCode.DONE;
  }

  private void print(Garbage garbage, Instant limit, String url) {
    Map<String, Garbage.Count> counts = new LinkedHashMap<>();
    counts.put("snapshots", garbage.snapshots());
    counts.put("transaction_logs", garbage.transactionLogs());
    counts.put("manifests", garbage.manifests());
    counts.put("chunks", garbage.chunks());
    counts.put("total", garbage.total());
    PrintWriter out = spec.commandLine().getOut();
    if (options.repository.json) {
      ObjectNode json = new ObjectMapper().createObjectNode().put("repository", url);
      json.put("older_than", limit.toString()).put("dry_run", options.dryRun);
      counts.forEach(
          (kind, count) ->
              json.putObject(kind).put("objects", count.objects()).put("bytes", count.bytes()));
      out.println(json.toPrettyString());
    } else {
      out.println((options.dryRun ? "Would delete" : "Deleted") + " what is older than " + limit);
      TextTable table = new TextTable("kind", "objects", "bytes");
      counts.forEach(
          (kind, count) -> table.add(kind.replace('_', ' '), count.objects(), count.bytes()));
      table.lines().forEach(out::println);
    }
    out.flush();
  }
}
