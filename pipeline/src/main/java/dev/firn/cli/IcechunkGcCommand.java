package dev.firn.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.cli.IcechunkMaintenanceOptions.Report;
import dev.firn.io.icechunk.maintenance.Garbage;
import dev.firn.io.icechunk.maintenance.GarbageCollection;
import dev.firn.io.icechunk.maintenance.GarbageLimit;
import dev.firn.update.LedgerGarbage;
import java.io.IOException;
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
        "Deletes chunks, manifests, transaction logs and snapshots that no branch or tag has reached since a time, and what their ledgers alone name.")
final class IcechunkGcCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private IcechunkMaintenanceOptions options;

  @Override
  public Integer call() throws IOException {
    return options.run(
        spec.commandLine().getOut(),
        (repository, limit, workers) -> {
          GarbageCollection collection =
              new GarbageCollection(
                  repository,
                  new GarbageLimit(limit, !options.force),
                  workers,
                  IcechunkMaintenanceOptions.progress(spec.commandLine().getErr()));
          Garbage garbage = options.dryRun ? collection.preview() : collection.run();
          return report(
              garbage,
              LedgerGarbage.ofRepository(repository, garbage.kept(), limit, options.dryRun));
        });
  }

  private static Report report(Garbage garbage, Garbage.Count ledger) {
    Map<String, Garbage.Count> counts = new LinkedHashMap<>();
    counts.put("snapshots", garbage.snapshots());
    counts.put("transaction_logs", garbage.transactionLogs());
    counts.put("manifests", garbage.manifests());
    counts.put("chunks", garbage.chunks());
    counts.put("ledger", ledger);
    counts.put("total", garbage.total().plus(ledger));
    ObjectNode json = new ObjectMapper().createObjectNode();
    TextTable table = new TextTable("kind", "objects", "bytes");
    counts.forEach(
        (kind, count) -> {
          json.putObject(kind).put("objects", count.objects()).put("bytes", count.bytes());
          table.add(kind.replace('_', ' '), count.objects(), count.bytes());
        });
    return new Report("delete", "Deleted", json, table.lines());
  }
}
