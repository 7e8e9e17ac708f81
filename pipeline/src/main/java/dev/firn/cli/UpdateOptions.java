package dev.firn.cli;

import dev.firn.beam.WorkerSettings;
import dev.firn.dataset.ConfigurationException;
import dev.firn.dataset.DatasetSpec;
import dev.firn.update.StoreFormat;
import dev.firn.update.StoreLocation;
import dev.firn.update.UpdateMonitor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What {@code backfill} and {@code update} have in common. */
final class UpdateOptions {
  enum Runner {
    DIRECT,
    FLINK,
    DATAFLOW
  }

  @Parameters(
      index = "0",
      paramLabel = "DATASET",
      description = "The dataset's id, see 'firn datasets'.")
  String dataset;

  @Option(
      names = "--store",
      required = true,
      paramLabel = "URL",
      description =
          "Where the archive is: a URL or path that ends in .zarr or .icechunk is the store itself; below"
              + " any other, <dataset>/v<version>.<format> is. Repeatable: the first is the primary, the"
              + " others are replicas, written like it.")
  List<String> stores = new ArrayList<>();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "icechunk",
      description = "The format of stores whose URL names none: icechunk (default) or zarr.")
  StoreFormat format;

  @Option(
      names = "--job",
      paramLabel = "NAME",
      description =
          "The job's name; the same name resumes an interrupted job. Default: derived from the work.")
  String job;

  @Option(
      names = "--memory",
      paramLabel = "SIZE",
      description =
          "Heap for buffers (512m, 8g); beyond it scratch files are used. Default: half of the heap.")
  String memory;

  @Option(
      names = "--mirror",
      paramLabel = "PREFIX=URL",
      description = "Reads sources below PREFIX from URL instead. Repeatable.")
  List<String> mirrors = new ArrayList<>();

  @Option(
      names = "--variables",
      split = ",",
      paramLabel = "NAME",
      description = "Only these variables; whole shards of them always run.")
  List<String> variables = new ArrayList<>();

  @Option(
      names = "--runner",
      paramLabel = "RUNNER",
      defaultValue = "direct",
      description =
          "What executes the pipeline: direct (this process), flink, dataflow. Default: direct.")
  Runner runner;

  @ArgGroup(exclusive = false)
  WorkerOptions worker;

  @Option(
      names = "--flink-master",
      paramLabel = "HOST:PORT",
      description = "With --runner flink: the REST port of the cluster's JobManager.")
  String flinkMaster;

  @Option(
      names = "--check-ins",
      paramLabel = "URL",
      split = " ",
      defaultValue = "${env:FIRN_CHECK_INS}",
      description =
          "Tells this URL when the update begins (in_progress) and how it ends (ok, error), by a POST with"
              + " JSON. Filled in are {dataset}, {job}, {id}, {uuid}, {status}, {status:run,complete,fail}"
              + " with the service's own words, and {env:NAME}. Repeatable. Default: the environment's"
              + " FIRN_CHECK_INS.")
  List<String> checkIns = new ArrayList<>();

  @Option(
      names = "--retries-left",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "How often whoever started this process will start it again if it fails. A failure is told to"
              + " --check-ins when none is left. Default: 0.")
  int retriesLeft;

  @Option(
      names = "--json",
      description = "Prints the summary as one JSON document on standard output.")
  boolean json;

  @Mixin CatalogOption catalog;

  @Parameters(
      index = "1..*",
      paramLabel = "-- BEAM_OPTION",
      description = "Options of the Beam pipeline, after '--'.")
  List<String> beamOptions = new ArrayList<>();

  /** The URLs of all stores of a dataset, the primary first. */
  List<String> storeUrls(DatasetSpec spec) {
    List<String> urls =
        stores.stream()
            .map(store -> StoreLocation.of(LocalUrl.of(store), spec, format).url())
            .toList();
    if (new HashSet<>(urls).size() < urls.size()) {
      throw new ConfigurationException("Invalid --store: one store is named twice in " + urls);
    }
    return urls;
  }

  Map<String, String> mirrorMap() {
    Map<String, String> map = new LinkedHashMap<>();
    for (String mirror : mirrors) {
      int equals = mirror.indexOf('=');
      if (equals < 1) {
        throw new ConfigurationException("Invalid --mirror '" + mirror + "': expected PREFIX=URL");
      }
      map.put(mirror.substring(0, equals), LocalUrl.of(mirror.substring(equals + 1)));
    }
    return map;
  }

  WorkerSettings workerSettings() {
    return new WorkerSettings(
        Firn.Version.text(),
        memory == null ? WorkerSettings.HALF_OF_THE_HEAP : MemorySize.parse(memory),
        mirrorMap(),
        checkIns == null ? List.of() : checkIns);
  }

  /** Who tells how the update goes. */
  UpdateMonitor monitor() {
    try {
      return workerSettings().monitor();
    } catch (IllegalArgumentException invalid) {
      throw new ConfigurationException(invalid.getMessage(), invalid);
    }
  }
}
