package dev.firn.cli;

import dev.firn.beam.WorkerSettings;
import dev.firn.dataset.ConfigurationException;
import dev.firn.dataset.DatasetSpec;
import dev.firn.update.StoreFormat;
import dev.firn.update.StoreLocation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What commands that run pipelines have in common. */
abstract class RunOptions {
  enum Runner {
    DIRECT,
    FLINK,
    DATAFLOW
  }

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
      names = "--runner",
      paramLabel = "RUNNER",
      defaultValue = "direct",
      description =
          "What executes the pipeline: direct (this process), flink, dataflow. Default: direct.")
  Runner runner;

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
      names = "--json",
      description = "Prints the summary as one JSON document on standard output.")
  boolean json;

  @Mixin CatalogOption catalog;

  /** The options of the Beam pipeline. */
  abstract List<String> beamOptions();

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
}
