package dev.firn.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.dataset.DatasetSpec;
import dev.firn.dataset.SourceStep;
import dev.firn.update.Ledger;
import dev.firn.update.LedgerEntry;
import dev.firn.update.LedgerLine;
import dev.firn.update.Region;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The source files of one position of the append dimension. */
final class LedgerOfForecast {
  private static final int VARIABLES_NAMED = 3;

  private final DatasetSpec spec;
  private final String url;
  private final Ledger ledger;
  private final long position;
  private final Instant now;

  LedgerOfForecast(DatasetSpec spec, String url, Ledger ledger, long position, Instant now) {
    this.spec = spec;
    this.url = url;
    this.ledger = ledger;
    this.position = position;
    this.now = now;
  }

  private List<LedgerLine> lines() throws IOException {
    int length = spec.chunkSizes().appendShardLength();
    return ledger.lines(new Region(position / length, position, position + 1), now);
  }

  /** For people. */
  String text() throws IOException {
    TextTable table =
        new TextTable(
            "state", "variables", "file", "bytes", "version", "available", "recorded", "why");
    for (LedgerLine line : lines()) {
      table.add(row(line.state().text(), line, line.entry()));
      if (line.aside().isPresent()) {
        table.add(row("replaced", line, line.aside()));
      }
    }
    String heading = url + ", " + spec.append().name() + " " + spec.append().at(position);
    String none = ledger.isKept() ? "" : "\nThe archive has no ledger.";
    return heading + none + "\n" + String.join("\n", table.lines());
  }

  private static Object[] row(String state, LedgerLine line, Optional<LedgerEntry> entry) {
    return new Object[] {
      state,
      variables(line),
      entry.map(LedgerEntry::url).orElse(line.file().urls().get(0)),
      entry.map(known -> Long.toString(known.sizeBytes())).orElse(""),
      entry.flatMap(LedgerEntry::version).map(Object::toString).orElse(""),
      entry.flatMap(LedgerEntry::available).map(Object::toString).orElse(""),
      entry.map(known -> known.recorded().toString()).orElse(""),
      entry.map(LedgerEntry::detail).orElse("")
    };
  }

  private static String variables(LedgerLine line) {
    int count = line.file().variables().size();
    String names =
        count <= VARIABLES_NAMED
            ? line.file().variables().stream()
                .map(Object::toString)
                .collect(Collectors.joining(","))
            : count + " variables";
    int steps = line.file().steps().size();
    return steps == 1 ? names : names + String.format(Locale.ROOT, " at %d steps", steps);
  }

  /** For programs. */
  ObjectNode json() throws IOException {
    ObjectNode json = new ObjectMapper().createObjectNode();
    json.put("dataset", spec.id()).put("store", url).put("has_ledger", ledger.isKept());
    json.put(spec.append().name(), spec.append().at(position).toString());
    for (LedgerLine line : lines()) {
      json.withArray("files").add(json(line));
    }
    return json;
  }

  /** How some fields of a file stand. */
  static ObjectNode json(LedgerLine line) {
    ObjectNode json = new ObjectMapper().createObjectNode();
    json.put("state", line.state().text());
    line.file().urls().forEach(json.putArray("urls")::add);
    line.file().variables().forEach(variable -> json.withArray("variables").add(variable.value()));
    for (SourceStep step : line.file().steps()) {
      ObjectNode one = json.withArray("steps").addObject();
      one.put("init_time", step.init().toString());
      one.put("lead_hours", step.lead().toSeconds() / 3600.0).put("member", step.member());
    }
    line.entry().ifPresent(entry -> json.set("version", json(entry)));
    line.aside().ifPresent(entry -> json.set("replaced_by", json(entry)));
    return json;
  }

  private static ObjectNode json(LedgerEntry entry) {
    ObjectNode json = new ObjectMapper().createObjectNode();
    json.put("url", entry.url()).put("status", entry.status().text());
    entry.version().ifPresent(version -> json.put("etag", version.value()));
    json.put("bytes", entry.sizeBytes());
    entry.available().ifPresent(available -> json.put("available", available.toString()));
    return json.put("recorded", entry.recorded().toString()).put("why", entry.detail());
  }
}
