package dev.firn.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.dataset.ConfigurationException;
import dev.firn.flink.LocalCluster;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code firn flink-cluster}. */
@Command(
    name = "flink-cluster",
    mixinStandardHelpOptions = true,
    description =
        "Starts a Flink cluster on this machine, to try --runner flink. It runs until Ctrl-C.")
final class FlinkClusterCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--dir",
      required = true,
      paramLabel = "DIR",
      description = "Where its configuration, logs and temporary files go.")
  private Path directory;

  @Option(
      names = "--task-managers",
      paramLabel = "N",
      defaultValue = "2",
      description = "How many TaskManagers, of two slots each. Default: ${DEFAULT-VALUE}.")
  private int taskManagers;

  @Option(names = "--json", description = "Prints addresses and process ids as one line of JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    if (taskManagers < 1) {
      throw new ConfigurationException(
          "Invalid --task-managers " + taskManagers + ": expected 1 or more");
    }
    try (LocalCluster cluster = LocalCluster.start(directory, taskManagers)) {
      PrintWriter out = spec.commandLine().getOut();
      out.println(json ? document(cluster).toString() : text(cluster));
      out.flush();
      cluster.awaitEnd();
    }
    throw new IOException("The JobManager has ended, see " + directory);
  }

  private static String text(LocalCluster cluster) {
    return "Submit with --runner flink --flink-master %s; look at http://%s; end it with Ctrl-C."
        .formatted(cluster.master(), cluster.master());
  }

  private static ObjectNode document(LocalCluster cluster) {
    ObjectNode document = new ObjectMapper().createObjectNode();
    document.put("flink_master", cluster.master());
    cluster.processIds().forEach(document.putArray("process_ids")::add);
    return document;
  }
}
