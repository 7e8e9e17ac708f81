package dev.firn.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.dataset.DatasetSpec;
import dev.firn.update.Ledger;
import dev.firn.update.LedgerCounts;
import dev.firn.update.LedgerState;
import dev.firn.update.Region;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How the fields of an archive stand with their sources: one line for each region. */
final class LedgerOverview {
  private static final String REPLACED = "replaced";

  private final DatasetSpec spec;
  private final String url;
  private final Ledger ledger;
  private final Instant now;

  LedgerOverview(DatasetSpec spec, String url, Ledger ledger, Instant now) {
    this.spec = spec;
    this.url = url;
    this.ledger = ledger;
    this.now = now;
  }

  /** For people: the newest {@code last} regions, then all together. */
  String text(int last) throws IOException {
    List<String> lines = new ArrayList<>(List.of(heading()));
    Map<String, Long> totals = new LinkedHashMap<>();
    List<Region> unheard = new ArrayList<>();
    TextTable table = table();
    List<Region> regions = ledger.regions();
    for (int i = 0; i < regions.size(); i++) {
      Region region = regions.get(i);
      Optional<LedgerCounts> counts = ledger.counts(region.index());
      if (counts.isEmpty()) {
        unheard.add(region);
      }
      Map<String, Long> states = counts.map(known -> states(region, known)).orElse(Map.of());
      states.forEach((state, fields) -> totals.merge(state, fields, Long::sum));
      if (i >= regions.size() - last) {
        table.add(row(region, states));
      }
    }
    if (regions.size() > last) {
      lines.add("the newest %d of %d:".formatted(last, regions.size()));
    }
    lines.addAll(table.lines());
    totals.forEach((state, fields) -> lines.add("%-12s %d fields".formatted(state, fields)));
    if (ledger.isKept() && !unheard.isEmpty()) {
      lines.add(
          "never heard of: %d from %s to %s"
              .formatted(
                  unheard.size(), time(unheard.get(0)), time(unheard.get(unheard.size() - 1))));
    }
    return String.join("\n", lines);
  }

  private String heading() {
    if (ledger.extent() == 0) {
      return "There is no archive at " + url + " yet.";
    }
    return ledger.isKept()
        ? url + ", fields by state:"
        : url
            + " has no ledger: nothing is known of its source files. Updates begin one; 'firn heal'"
            + " reads what is there.";
  }

  private TextTable table() {
    List<String> header = new ArrayList<>(List.of(spec.append().name()));
    for (LedgerState state : LedgerState.values()) {
      header.add(state.text());
    }
    header.add(REPLACED);
    return new TextTable(header.toArray(String[]::new));
  }

  private Object[] row(Region region, Map<String, Long> states) {
    List<Object> row = new ArrayList<>(List.of(time(region)));
    for (LedgerState state : LedgerState.values()) {
      row.add(states.isEmpty() ? "" : states.get(state.text()));
    }
    row.add(states.isEmpty() ? "" : states.get(REPLACED));
    return row.toArray();
  }

  private String time(Region region) {
    String first = spec.append().at(region.start()).toString();
    return region.length() == 1 ? first : first + " to " + spec.append().at(region.end() - 1);
  }

  /** Of what nothing was heard is missing when the time of the whole region has passed. */
  private Map<String, Long> states(Region region, LedgerCounts counts) {
    boolean due = ledger.isDue(region.end() - 1, now);
    Map<String, Long> states = new LinkedHashMap<>();
    states.put(LedgerState.EXPECTED.text(), due ? 0 : counts.unheard());
    states.put(LedgerState.ANNOUNCED.text(), counts.announced());
    states.put(LedgerState.INGESTED.text(), counts.ingested());
    states.put(LedgerState.MISSING.text(), counts.missing() + (due ? counts.unheard() : 0));
    states.put(LedgerState.QUARANTINED.text(), counts.quarantined());
    states.put(REPLACED, counts.replaced());
    return states;
  }

  /** For programs: all regions. */
  ObjectNode json() throws IOException {
    ObjectNode json = new ObjectMapper().createObjectNode();
    json.put("dataset", spec.id()).put("store", url).put("has_ledger", ledger.isKept());
    json.put("append_dimension", spec.append().name()).put("extent", ledger.extent());
    ArrayNode regions = json.putArray("regions");
    for (Region region : ledger.regions()) {
      ObjectNode one = regions.addObject();
      one.put("first", spec.append().at(region.start()).toString());
      one.put("last", spec.append().at(region.end() - 1).toString());
      ledger
          .counts(region.index())
          .ifPresent(counts -> states(region, counts).forEach(one.putObject("fields")::put));
    }
    return json;
  }
}
