package dev.firn.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.io.icechunk.format.SnapshotId;
import dev.firn.io.icechunk.maintenance.Expiration;
import dev.firn.io.icechunk.maintenance.Expired;
import dev.firn.io.object.ObjectStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
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
    try (ObjectStore store = options.repository.store()) {
      var repository = IcechunkOptions.repository(store);
      repository.info();
      Instant limit = options.limit(store);
      Expiration expiration =
          new Expiration(
              limit,
              deleteBranches,
              deleteTags,
              branch -> branch.startsWith(IcechunkMaintenanceOptions.JOB_BRANCH));
      Expired expired =
          IcechunkMaintenanceOptions.work(
              workers ->
                  options.dryRun ? expiration.preview(repository) : expiration.run(repository));
      print(expired, limit, store.url());
    }
    return ExitCode.DONE;
  }

  private void print(Expired expired, Instant limit, String url) {
    Map<String, Collection<String>> lists = new LinkedHashMap<>();
    lists.put("released_snapshots", expired.released().stream().map(SnapshotId::text).toList());
    lists.put("edited_snapshots", expired.edited().stream().map(SnapshotId::text).toList());
    lists.put("deleted_branches", expired.deletedBranches());
    lists.put("deleted_tags", expired.deletedTags());
    PrintWriter out = spec.commandLine().getOut();
    if (options.repository.json) {
      ObjectNode json = new ObjectMapper().createObjectNode().put("repository", url);
      json.put("older_than", limit.toString()).put("dry_run", options.dryRun);
      lists.forEach((key, names) -> names.forEach(json.putArray(key)::add));
      out.println(json.toPrettyString());
    } else {
      out.println((options.dryRun ? "Would expire" : "Expired") + " what is older than " + limit);
      TextTable table = new TextTable("", "count", "");
      lists.forEach(
          (key, names) -> table.add(key.replace('_', ' '), names.size(), String.join(" ", names)));
      table.lines().stream().skip(1).forEach(out::println);
    }
    out.flush();
  }
}
