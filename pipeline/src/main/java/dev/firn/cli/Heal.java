package dev.firn.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.dataset.DatasetSpec;
import dev.firn.dataset.Template;
import dev.firn.update.Healing;
import dev.firn.update.Healing.Batch;
import dev.firn.update.Healing.Hole;
import dev.firn.update.Ledger;
import dev.firn.update.LedgerEntry;
import dev.firn.update.Ledgers;
import dev.firn.update.Region;
import dev.firn.update.Sources;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Works off the holes of an archive: finds them, reads what is there, and says what remains. */
final class Heal {
  private static final int SHOWN = 20;

  private final UpdateOptions options;
  private final UpdateRun run;
  private final DatasetSpec spec;
  private final String store;
  private final List<Hole> remaining = new ArrayList<>();
  private final ArrayNode updates = new ObjectMapper().createArrayNode();
  private List<Hole> holes = List.of();
  private List<Batch> batches = List.of();

  Heal(UpdateOptions options, UpdateRun run) {
    this.options = options;
    this.run = run;
    this.spec = run.dataset().spec();
    this.store = options.storeUrls(spec).get(0);
  }

  /** Times of the append dimension, the last excluded. */
  record Span(Instant start, Instant end) {
    boolean touches(DatasetSpec spec, Region region) {
      return !spec.append().at(region.end() - 1).isBefore(start)
          && spec.append().at(region.start()).isBefore(end);
    }
  }

  /** Finds the holes, and what is there to fill them. */
  void lookUp(Span span, boolean alsoIngested) throws IOException {
    try (Ledger ledger = Ledgers.published(new Template(spec), store);
        Sources sources = new Sources(options.mirrorMap())) {
      List<Region> regions =
          ledger.regions().stream().filter(region -> span.touches(spec, region)).toList();
      if (!ledger.isKept() && !regions.isEmpty()) {
        run.note(
            "the archive has no ledger: all files of " + regions.size() + " shards are looked up");
      }
      Healing healing = new Healing(spec, ledger, sources, Instant.now());
      holes = healing.holes(regions, alsoIngested);
      batches = healing.batches(holes);
    }
    remaining.addAll(holes);
    run.note(
        "%d fields of %d files are not in the archive as sources have them, %d fields can be read"
            .formatted(fields(holes), files(holes), fields(readable())));
  }

  private List<Hole> readable() {
    return holes.stream().filter(hole -> hole.arrived().isPresent()).toList();
  }

  /** Reads what is there; the exit code. */
  int read() throws IOException {
    int code = ExitCode.DONE;
    for (int number = 0; number < batches.size() && code == ExitCode.DONE; number++) {
      run.note("update %d of %d".formatted(number + 1, batches.size()));
      UpdateReport report = run.runLive(batches.get(number));
      updates.add(report.json());
      if (!options.json) {
        run.print(report.text() + "\n");
      }
      code = run.ended(report);
    }
    if (!batches.isEmpty()) {
      findRemaining();
    }
    return code;
  }

  private void findRemaining() throws IOException {
    remaining.clear();
    try (Ledger ledger = Ledgers.published(new Template(spec), store)) {
      for (Hole hole : holes) {
        remaining.addAll(hole.remaining(ledger, Instant.now()));
      }
    }
  }

  private static long fields(List<Hole> holes) {
    return holes.stream().mapToLong(hole -> hole.line().file().fields()).sum();
  }

  private static long files(List<Hole> holes) {
    return holes.stream().map(hole -> hole.line().file().urls()).distinct().count();
  }

  /** For people. */
  String text() {
    if (holes.isEmpty()) {
      return "nothing to heal: the archive has all that its ledger expects";
    }
    List<String> lines = new ArrayList<>();
    lines.add("healed     " + (fields(holes) - fields(remaining)) + " fields");
    lines.add("remaining  %d fields of %d files".formatted(fields(remaining), files(remaining)));
    TextTable table = new TextTable("state", "fields", "file", "why");
    remaining.stream().limit(SHOWN).forEach(hole -> table.add(row(hole)));
    if (!remaining.isEmpty()) {
      lines.addAll(table.lines());
    }
    if (remaining.size() > SHOWN) {
      lines.add((remaining.size() - SHOWN) + " more; --json lists them");
    }
    return String.join("\n", lines);
  }

  private static Object[] row(Hole hole) {
    return new Object[] {
      hole.line().state().text(),
      hole.line().file().fields(),
      hole.line().file().urls().get(0),
      why(hole)
    };
  }

  private static String why(Hole hole) {
    return hole.line()
        .aside()
        .or(hole.line()::entry)
        .map(LedgerEntry::detail)
        .filter(detail -> !detail.isEmpty())
        .map(detail -> hole.why() + ": " + detail)
        .orElse(hole.why());
  }

  /** For programs. */
  ObjectNode json() {
    ObjectNode json = new ObjectMapper().createObjectNode();
    json.put("dataset", spec.id()).put("store", store);
    json.put("holes", fields(holes)).put("readable", fields(readable()));
    json.put("healed", fields(holes) - fields(remaining)).put("remaining", fields(remaining));
    ArrayNode files = json.putArray("files");
    remaining.forEach(hole -> files.add(LedgerOfForecast.json(hole.line()).put("now", hole.why())));
    json.set("updates", updates);
    return json;
  }
}
