package dev.firn.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.cli.IcechunkMaintenanceOptions.Report;
import dev.firn.io.icechunk.format.SnapshotId;
import dev.firn.io.icechunk.maintenance.Expiration;
import dev.firn.io.icechunk.maintenance.Expired;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code firn icechunk expire}. */
@Command(
    name = "expire",
    mixinStandardHelpOptions = true,
    description =
        "Takes old snapshots out of the history. Branches and tags keep theirs; gc deletes the rest later.")
final class IcechunkExpireCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private IcechunkMaintenanceOptions options;

  @Option(
      names = "--delete-branches",
      description = "Deletes branches that end at an expired snapshot; never main, nor _job_*.")
  private boolean deleteBranches;

  @Option(names = "--delete-tags", description = "Deletes tags of expired snapshots.")
  private boolean deleteTags;

  @Override
  public Integer call() throws IOException {
    return options.run(
        spec.commandLine().getOut(),
        (repository, limit, workers) -> {
          Expiration expiration =
              new Expiration(
                  limit,
                  deleteBranches,
                  deleteTags,
                  branch -> branch.startsWith(IcechunkMaintenanceOptions.JOB_BRANCH));
          return report(
              options.dryRun ? expiration.preview(repository) : expiration.run(repository));
        });
  }

  private static Report report(Expired expired) {
    Map<String, Collection<String>> lists = new LinkedHashMap<>();
    lists.put("released_snapshots", expired.released().stream().map(SnapshotId::text).toList());
    lists.put("edited_snapshots", expired.edited().stream().map(SnapshotId::text).toList());
    lists.put("deleted_branches", expired.deletedBranches());
    lists.put("deleted_tags", expired.deletedTags());
    ObjectNode json = new ObjectMapper().createObjectNode();
    TextTable table = new TextTable("", "count", "");
    lists.forEach(
        (key, names) -> {
          names.forEach(json.putArray(key)::add);
          table.add(key.replace('_', ' '), names.size(), String.join(" ", names));
        });
    return new Report("expire", "Expired", json, table.lines().stream().skip(1).toList());
  }
}
