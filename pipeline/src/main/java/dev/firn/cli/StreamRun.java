package dev.firn.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.beam.LiveSettings;
import dev.firn.catalog.Catalog;
import dev.firn.dataset.ConfigurationException;
import dev.firn.dataset.DatasetParser;
import dev.firn.dataset.DatasetSpec;
import dev.firn.dataset.Template;
import dev.firn.update.Ledger;
import dev.firn.update.Ledgers;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine;

/**
 * A stream from the command line: checks the archives, and runs the pipeline until it is stopped.
 */
final class StreamRun {
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(2);

  /** A pipeline that has run for so long was well. */
  private static final Duration WELL = Duration.ofMinutes(10);

  private final StreamOptions options;
  private final CommandLine command;

  StreamRun(StreamOptions options, CommandLine command) {
    this.options = options;
    this.command = command;
  }

  int run() throws IOException {
    options.check();
    Duration lookEvery = duration("--look-every", options.lookEvery);
    Map<String, JsonNode> definitions = definitions();
    Map<String, List<String>> stores = stores(definitions);
    LiveSettings live = new LiveSettings(stores, lookEvery);
    StreamPipeline pipeline = new StreamPipeline(options, definitions, live);
    stores.forEach(
        (dataset, urls) -> note("keeps " + dataset + " current in " + String.join(" and ", urls)));
    StreamLog.tellHere(new StreamLog.Console(command.getOut(), command.getErr()));
    if (options.runner != RunOptions.Runner.DIRECT) {
      pipeline.run(this::note);
      return ExitCode.DONE;
    }
    return runForEver(pipeline);
  }

  /** In one process nobody else begins the pipeline anew when something has failed for good. */
  private int runForEver(StreamPipeline pipeline) throws IOException {
    Duration pause = FIRST_PAUSE;
    while (true) {
      Instant begun = Instant.now();
      try {
        pipeline.run(this::note);
        return ExitCode.DONE;
      } catch (IOException failed) {
        if (begun.plus(WELL).isBefore(Instant.now())) {
          pause = FIRST_PAUSE;
        }
        note(
            "the stream has failed, and begins anew in "
                + pause.toSeconds()
                + " s: "
                + failed.getMessage());
        sleep(pause);
        pause = pause.multipliedBy(2);
        pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
      }
    }
  }

  /** The definitions of the datasets with the rules that the command line changes. */
  private Map<String, JsonNode> definitions() throws IOException {
    Catalog catalog = options.catalog.load();
    Map<String, JsonNode> definitions = new LinkedHashMap<>();
    for (String id : options.datasets()) {
      Catalog.Entry entry = catalog.entry(id);
      ObjectNode definition = entry.definition().deepCopy();
      ObjectNode live = definition.withObject("/live");
      if (options.earlyLeadTimes != null) {
        live.put("early_lead_times", options.earlyLeadTimes);
      }
      if (options.earlyAfter != null) {
        live.put("early_after", options.earlyAfter);
      }
      if (options.deadline != null) {
        live.put("deadline", options.deadline);
      }
      definitions.put(id, definition);
    }
    if (definitions.isEmpty()) {
      throw new ConfigurationException("A dataset is missing: see 'firn datasets'");
    }
    return definitions;
  }

  private Map<String, List<String>> stores(Map<String, JsonNode> definitions) throws IOException {
    Map<String, List<String>> stores = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> definition : definitions.entrySet()) {
      DatasetSpec spec = DatasetParser.parse(definition.getKey(), definition.getValue());
      stores.put(spec.id(), options.storeUrls(spec));
    }
    long distinct = stores.values().stream().flatMap(List::stream).distinct().count();
    if (distinct < stores.values().stream().mapToLong(List::size).sum()) {
      throw new ConfigurationException(
          "Invalid --store: several datasets need a URL below which each has its own store");
    }
    for (JsonNode definition : definitions.values()) {
      Template template = new Template(DatasetParser.parse("the catalog", definition));
      for (String url : stores.get(template.spec().id())) {
        WritableStores.require(url, "published");
        requirePublished(template, url);
      }
    }
    return stores;
  }

  private static void requirePublished(Template template, String url) throws IOException {
    try (Ledger ledger = Ledgers.published(template, url)) {
      if (ledger.extent() == 0) {
        throw new ConfigurationException(
            "There is no archive at %s yet: begin it with 'firn backfill %s --end TIME --store %s'"
                .formatted(url, template.spec().id(), url));
      }
    }
  }

  private static Duration duration(String option, String text) {
    try {
      Duration duration = Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
      if (duration.isNegative() || duration.isZero()) {
        throw new IllegalArgumentException("it is not above 0");
      }
      return duration;
    } catch (DateTimeException | IllegalArgumentException invalid) {
      throw new ConfigurationException(
          "Invalid " + option + " '" + text + "': expected one like 30s, 5m, 2h", invalid);
    }
  }

  private static void sleep(Duration pause) throws InterruptedIOException {
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting to begin anew");
    }
  }

  private void note(String text) {
    command.getErr().println("firn: " + text);
    command.getErr().flush();
  }
}
