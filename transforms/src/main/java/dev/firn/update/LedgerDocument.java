package dev.firn.update;

import dev.firn.io.CorruptInputException;
import dev.firn.io.Origin;
import dev.firn.io.object.ETag;
import dev.firn.io.zarr.NodePath;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The stored form of a page: each version of a file with the fields it stands for, the ingested
 * before others.
 *
 * @param format of the ledger's objects
 * @param run the update that wrote it
 */
record LedgerDocument(int format, String run, long region, List<Line> files) {
  private static final int FORMAT = 1;

  /** A version of a file. */
  record Line(
      String url,
      Optional<ETag> etag,
      long bytes,
      Optional<Instant> available,
      Instant recorded,
      String status,
      String detail,
      List<Fields> fields) {

    private static Line of(LedgerEntry entry, SortedMap<NodePath, BitSet> variables) {
      Map<BitSet, List<NodePath>> alike = new LinkedHashMap<>();
      variables.forEach(
          (variable, numbers) ->
              alike.computeIfAbsent(numbers, any -> new ArrayList<>()).add(variable));
      List<Fields> fields = new ArrayList<>();
      alike.forEach((numbers, of) -> fields.add(new Fields(NumberRanges.text(numbers), of)));
      return new Line(
          entry.url(),
          entry.version(),
          entry.sizeBytes(),
          entry.available(),
          entry.recorded(),
          entry.status().text(),
          entry.detail(),
          fields);
    }

    private LedgerEntry entry() {
      return new LedgerEntry(
          url, etag, bytes, available, recorded, FileStatus.parse(status), detail);
    }
  }

  /** Steps by number, {@code 0-8,10}, of some variables. */
  record Fields(String steps, List<NodePath> variables) {}

  /** The object that holds a page. */
  static byte[] write(LedgerPage page, String run, long region) {
    List<Line> lines = new ArrayList<>();
    for (LedgerPage.FieldEntries entries : page.all()) {
      Map<LedgerEntry, SortedMap<NodePath, BitSet>> files = new LinkedHashMap<>();
      entries.forEach(
          (variable, number, entry) ->
              files
                  .computeIfAbsent(entry, any -> new TreeMap<>())
                  .computeIfAbsent(variable, any -> new BitSet())
                  .set(number));
      files.forEach((entry, variables) -> lines.add(Line.of(entry, variables)));
    }
    return UpdateJson.write(new LedgerDocument(FORMAT, run, region, lines));
  }

  /** Reads what {@link #write} wrote. */
  static LedgerPage parse(byte[] json, Origin origin) {
    LedgerDocument document = UpdateJson.read(json, LedgerDocument.class, origin);
    LedgerPage page = new LedgerPage();
    try {
      document.files().forEach(line -> restore(line, page));
    } catch (IllegalArgumentException invalid) {
      throw new CorruptInputException("read ledger page", origin, invalid.getMessage(), invalid);
    }
    return page;
  }

  private static void restore(Line line, LedgerPage page) {
    LedgerEntry entry = line.entry();
    for (Fields fields : line.fields()) {
      int[] numbers = NumberRanges.parse(fields.steps()).stream().toArray();
      for (NodePath variable : fields.variables()) {
        for (int number : numbers) {
          page.restore(variable, number, entry);
        }
      }
    }
  }
}
