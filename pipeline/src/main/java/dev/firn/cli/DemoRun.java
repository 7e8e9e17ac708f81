package dev.firn.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.catalog.Catalog;
import dev.firn.dataset.DatasetSpec;
import dev.firn.demo.DemoDirectory;
import dev.firn.demo.DemoModel;
import dev.firn.update.StoreFormat;
import dev.firn.update.StoreLocation;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine;

/**
 * The demo: a model publishes, and the commands that a user would give work on what it published.
 * Only the origin of the files is special.
 */
final class DemoRun {
  private static final String DATASET = "firn-demo";
  private static final String DATA_URL = "s3://firn-demo-data";
  private static final String VARIABLE = "temperature_2m";
  private static final String MAP_LEAD = "24h";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final DemoDirectory directory;
  private final StoreFormat format;
  private final DemoModel model;
  private final CommandLine command;
  private final boolean json;
  private final List<String> pipelineOptions;
  private final ObjectNode document = JSON.createObjectNode();

  /**
   * A demo.
   *
   * @param format the archive's
   * @param command whose streams it prints to
   * @param json whether to print one document at the end instead of telling what happens
   * @param pipelineOptions given to backfill and update
   */
  DemoRun(
      DemoDirectory directory,
      StoreFormat format,
      CommandLine command,
      boolean json,
      List<String> pipelineOptions) {
    this.directory = directory;
    this.format = format;
    this.model = new DemoModel(directory.bucket());
    this.command = command;
    this.json = json;
    this.pipelineOptions = List.copyOf(pipelineOptions);
  }

  private interface Step {
    int run() throws IOException;
  }

  /** Runs it; the first step that fails ends it with its exit code. */
  int run() throws IOException {
    long begun = System.nanoTime();
    ObjectNode seconds = JSON.createObjectNode();
    String store = store();
    for (Map.Entry<String, Step> step : steps(store).entrySet()) {
      long stepBegun = System.nanoTime();
      int code = step.getValue().run();
      seconds.put(step.getKey(), secondsSince(stepBegun));
      if (code != ExitCode.DONE) {
        return code;
      }
    }
    seconds.put("total", secondsSince(begun));
    say(timesText(seconds));
    say(nextText(store));
    finish(store, seconds);
    return ExitCode.DONE;
  }

  private Map<String, Step> steps(String store) {
    Map<String, Step> steps = new LinkedHashMap<>();
    steps.put("first_publication", () -> publishFirst());
    steps.put("backfill", () -> work("backfill", "--end=2026-01-01T06", store));
    steps.put("second_publication", () -> publishSecond());
    steps.put("update", () -> work("update", "--until=2026-01-01T12", store));
    steps.put("map", () -> plot(store));
    return steps;
  }

  private int publishFirst() throws IOException {
    say("A made-up model publishes its first forecast: without the last lead time, which is late,");
    say("and with temperatures that are too low in one file.");
    published("first_publication", model.publishFirst());
    return ExitCode.DONE;
  }

  private int publishSecond() throws IOException {
    say("\nThe model publishes the late file, the flawed one again, and its second forecast.");
    published("second_publication", model.publishSecond());
    return ExitCode.DONE;
  }

  private void published(String step, DemoModel.Published files) {
    say(
        "  %d GRIB2 files with inventories, %s, in %s"
            .formatted(files.files(), MemorySize.text(files.bytes()), directory.bucket()));
    document.putObject(step).put("files", files.files()).put("bytes", files.bytes());
  }

  /** Backfills or updates. */
  private int work(String name, String end, String store) throws IOException {
    List<String> arguments = new ArrayList<>(List.of(name, DATASET, end));
    arguments.addAll(List.of("--store", directory.archive().toString()));
    arguments.add("--format=" + format.name().toLowerCase(Locale.ROOT));
    arguments.addAll(List.of("--mirror", DATA_URL + "=" + directory.bucket()));
    arguments.addAll(pipelineOptions);
    if (json) {
      arguments.add("--json");
    }
    StringWriter printed = new StringWriter();
    int code = firn(arguments, json ? new PrintWriter(printed) : command.getOut());
    if (code == ExitCode.DONE) {
      DemoArchive seen = DemoArchive.read(store);
      say(seen.text());
      if (json) {
        document.set(name, JSON.readTree(printed.toString()));
      }
      document.withObject("/" + name).set("seen", seen.json());
    }
    return code;
  }

  private int plot(String store) {
    List<String> arguments =
        List.of(
            "plot",
            store,
            VARIABLE,
            "--at",
            "lead_time=" + MAP_LEAD,
            "-o",
            directory.map().toString());
    return firn(arguments, json ? new PrintWriter(new StringWriter()) : command.getOut());
  }

  /** Gives a command as a user would, in this process. */
  private int firn(List<String> arguments, PrintWriter out) {
    say("\n$ ./firn " + UpdateRun.commandText(arguments));
    return Firn.commandLine()
        .setOut(out)
        .setErr(command.getErr())
        .execute(arguments.toArray(String[]::new));
  }

  private String store() throws IOException {
    Catalog catalog = Catalog.load(Optional.empty());
    DatasetSpec dataset = catalog.entry(DATASET).spec();
    return StoreLocation.of(directory.archive().toString(), dataset, format).url();
  }

  private static String timesText(ObjectNode seconds) {
    return seconds.properties().stream()
        .map(
            time ->
                String.format(
                    Locale.ROOT,
                    "%s %.1f s",
                    time.getKey().replace('_', ' '),
                    time.getValue().asDouble()))
        .collect(Collectors.joining(", ", "\nTime: ", ""));
  }

  private String nextText(String store) {
    return """

        Try next, in Python:
        %s
          archive.precipitation_surface.sel(init_time="2026-01-01T06").mean("lead_time").plot()
        or here:
          ./firn %s %s
          ./firn grib ls %s
          ./firn plot %s wind_u_10m -o wind.png"""
        .formatted(
            openText(store).indent(2).stripTrailing(),
            format == StoreFormat.ICECHUNK ? "icechunk log" : "zarr ls",
            store,
            model.file(DemoModel.FIRST_INIT, DemoModel.LAST_LEAD),
            store);
  }

  private String openText(String store) {
    return switch (format) {
      case ICECHUNK ->
          """
          import icechunk, xarray
          repository = icechunk.Repository.open(icechunk.local_filesystem_storage("%s"))
          session = repository.readonly_session("main")
          archive = xarray.open_zarr(session.store, consolidated=False)"""
              .formatted(store);
      case ZARR ->
          """
          import xarray
          archive = xarray.open_zarr("%s")"""
              .formatted(store);
    };
  }

  private void finish(String store, ObjectNode seconds) {
    if (json) {
      document.put("store", store).put("map", directory.map().toString());
      document.set("seconds", seconds);
      command.getOut().println(document.toPrettyString());
      command.getOut().flush();
    }
  }

  private void say(String text) {
    if (!json) {
      command.getOut().println(text);
      command.getOut().flush();
    }
  }

  private static double secondsSince(long nanos) {
    return Math.round((System.nanoTime() - nanos) / 1e6) / 1e3;
  }
}
