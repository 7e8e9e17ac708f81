package dev.firn.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.dataset.AppendDimension;
import dev.firn.dataset.DatasetSpec;
import dev.firn.io.source.Transfers;
import dev.firn.update.PinnedStore;
import dev.firn.update.SourceFileResult;
import dev.firn.update.StageTimes;
import dev.firn.update.StoreRole;
import dev.firn.update.UpdateOutcome;
import dev.firn.update.UpdateSummary;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** How an update ended, for people and as JSON. */
final class UpdateReport {
  private static final int MISSING_SHOWN = 10;

  private final DatasetSpec spec;
  private final UpdateOutcome outcome;
  private final Duration elapsed;
  private final String resume;

  UpdateReport(DatasetSpec spec, UpdateOutcome outcome, Duration elapsed, String resume) {
    this.spec = spec;
    this.outcome = outcome;
    this.elapsed = elapsed;
    this.resume = resume;
  }

  String text() {
    UpdateSummary summary = outcome.summary();
    StringBuilder text = new StringBuilder();
    line(text, "dataset", outcome.id().dataset());
    line(text, "store", outcome.id().store());
    outcome.stores().stream()
        .filter(store -> !store.role().equals(StoreRole.PRIMARY))
        .forEach(replica -> line(text, "replica", replica.url()));
    line(text, "job", outcome.id().job());
    line(text, "outcome", status() + ": " + outcome.message());
    line(text, spec.append().name(), extent());
    line(text, "files", files());
    line(text, "read", summary.fields() + " fields, " + MemorySize.text(summary.bytesRead()));
    line(text, "fetched", fetched(summary.transfers()));
    line(text, "written", summary.shards() + " shards, " + MemorySize.text(summary.bytesWritten()));
    line(text, "time", String.format(Locale.ROOT, "%.1f s", seconds()));
    line(text, "busy", busy());
    summary.warnings().forEach(warning -> line(text, "warning", warning));
    List<String> missing =
        summary.missing().stream().map(UpdateReport::missing).distinct().toList();
    missing.stream().limit(MISSING_SHOWN).forEach(file -> line(text, "missing", file));
    if (missing.size() > MISSING_SHOWN) {
      line(text, "", (missing.size() - MISSING_SHOWN) + " more; --json lists them");
    }
    return text.toString().stripTrailing();
  }

  private static String fetched(Transfers.Counts counts) {
    return String.format(
        Locale.ROOT,
        "%d requests, %s, of it again %s, wasted %s",
        counts.requests(),
        MemorySize.text(counts.bytes()),
        MemorySize.text(counts.bytesAgain()),
        MemorySize.text(counts.bytesWasted()));
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append(String.format(Locale.ROOT, "%-10s %s%n", name, value));
  }

  /** What the time went into, added up over all threads of all machines. */
  private String busy() {
    return stageSeconds().entrySet().stream()
        .map(stage -> String.format(Locale.ROOT, "%s %.1f s", stage.getKey(), stage.getValue()))
        .collect(Collectors.joining(", "));
  }

  private Map<String, Double> stageSeconds() {
    StageTimes times = outcome.summary().times();
    Map<String, Double> seconds = new LinkedHashMap<>();
    seconds.put("fetch", times.fetch() / 1000.0);
    seconds.put("decode", times.decode() / 1000.0);
    seconds.put("encode", times.encode() / 1000.0);
    seconds.put("put", times.put() / 1000.0);
    seconds.put("publish", outcome.summary().publishMillis() / 1000.0);
    return seconds;
  }

  private String status() {
    return outcome.status().text();
  }

  private String extent() {
    return "%d before, %d now%s"
        .formatted(
            outcome.extentBefore(),
            outcome.extentAfter(),
            outcome.extentAfter() == 0
                ? ""
                : ", the newest is " + spec.append().at(outcome.extentAfter() - 1));
  }

  private String files() {
    return outcome.summary().filesByStatus().isEmpty()
        ? "none"
        : outcome.summary().filesByStatus().entrySet().stream()
            .map(entry -> entry.getValue() + " " + entry.getKey())
            .collect(Collectors.joining(", "));
  }

  private static String missing(SourceFileResult file) {
    return "%s (%s): %s".formatted(file.url(), file.status().text(), file.detail());
  }

  private double seconds() {
    return elapsed.toMillis() / 1000.0;
  }

  /** One sentence for standard error when the work did not succeed. */
  String failure() {
    return switch (outcome.status()) {
      case BUSY -> outcome.message() + "; run again later with\n  " + resume;
      default -> status() + ", nothing was published: " + outcome.message();
    };
  }

  UpdateOutcome outcome() {
    return outcome;
  }

  ObjectNode json() {
    UpdateSummary summary = outcome.summary();
    AppendDimension append = spec.append();
    ObjectNode json = new ObjectMapper().createObjectNode();
    json.put("dataset", outcome.id().dataset())
        .put("store", outcome.id().store())
        .put("job", outcome.id().job());
    json.put("run", outcome.runId()).put("status", status()).put("message", outcome.message());
    json.put("begun", outcome.begun().toString()).put("finished", outcome.finished().toString());
    json.put("append_dimension", append.name());
    json.put("extent_before", outcome.extentBefore()).put("extent_after", outcome.extentAfter());
    if (outcome.extentAfter() > 0) {
      json.put("newest", append.at(outcome.extentAfter() - 1).toString());
    }
    ArrayNode stores = json.putArray("stores");
    for (PinnedStore store : outcome.stores()) {
      ObjectNode one = stores.addObject().put("role", store.role().toString());
      one.put("url", store.url()).put("extent", store.extent());
      store.version().ifPresent(version -> one.put("version", version));
    }
    json.put("seconds", seconds()).put("region_jobs", summary.jobs());
    summary.filesByStatus().forEach(json.putObject("files")::put);
    json.put("fields", summary.fields()).put("bytes_read", summary.bytesRead());
    Transfers.Counts counts = summary.transfers();
    ObjectNode fetched = json.putObject("fetched").put("requests", counts.requests());
    fetched.put("bytes", counts.bytes()).put("bytes_again", counts.bytesAgain());
    fetched.put("bytes_wasted", counts.bytesWasted());
    json.put("shards", summary.shards()).put("bytes_written", summary.bytesWritten());
    stageSeconds().forEach(json.putObject("stage_seconds")::put);
    ArrayNode missing = json.putArray("missing");
    for (SourceFileResult file : summary.missing()) {
      ObjectNode one = missing.addObject();
      one.put("url", file.url()).put("status", file.status().text()).put("detail", file.detail());
      file.variables().forEach(variable -> one.withArray("variables").add(variable.value()));
    }
    summary.warnings().forEach(json.putArray("warnings")::add);
    return json;
  }
}
