package dev.firn.update;

import dev.firn.io.Origin;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A table of contents of a ledger: the index, whose entries are chapters of {@value
 * #CHAPTER_REGIONS} regions, or a chapter, whose entries are the pages of its regions.
 *
 * @param format of the ledger's objects
 * @param run the update that wrote it
 * @param updated when that was planned
 * @param entries by the number of the chapter or region
 */
record LedgerContents(int format, String run, Instant updated, SortedMap<Long, Entry> entries) {
  static final int CHAPTER_REGIONS = 128;
  static final LedgerContents EMPTY = new LedgerContents(1, "", Instant.EPOCH, new TreeMap<>());

  /**
   * A chapter or page.
   *
   * @param object its name
   * @param fields what is in it
   */
  record Entry(String object, LedgerCounts fields) {}

  /** The chapter that a region is in. */
  static long chapter(long region) {
    return Math.floorDiv(region, (long) CHAPTER_REGIONS);
  }

  Optional<Entry> entry(long number) {
    return Optional.ofNullable(entries.get(number));
  }

  LedgerCounts counts() {
    return entries.values().stream()
        .map(Entry::fields)
        .reduce(LedgerCounts.NONE, LedgerCounts::plus);
  }

  /** These contents with others in their places, as an update writes them. */
  LedgerContents with(Map<Long, Entry> changed, UpdatePlan update) {
    SortedMap<Long, Entry> all = new TreeMap<>(entries);
    all.putAll(changed);
    return new LedgerContents(format, update.runId(), update.now(), all);
  }

  byte[] write() {
    return UpdateJson.write(this);
  }

  static LedgerContents parse(byte[] json, Origin origin) {
    return UpdateJson.read(json, LedgerContents.class, origin);
  }
}
