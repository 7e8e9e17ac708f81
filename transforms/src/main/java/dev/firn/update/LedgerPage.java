package dev.firn.update;

import dev.firn.io.zarr.NodePath;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The ledger of one region: of each field, a variable at a step, the version of a file that is in
 * the archive, and beside it the newest one that is not. Mutable, for accumulating; fields are
 * numbered by {@link FieldNumbers}.
 */
final class LedgerPage {
  /** Hears of fields. */
  interface FieldVisitor {
    void visit(NodePath variable, int number, LedgerEntry entry);
  }

  private final FieldEntries ingested = new FieldEntries();
  private final FieldEntries aside = new FieldEntries();

  /** Of each field one entry, those of a variable in ascending order. */
  static final class FieldEntries {
    private final SortedMap<NodePath, SortedMap<Integer, LedgerEntry>> entries = new TreeMap<>();

    Optional<LedgerEntry> of(NodePath variable, int number) {
      return Optional.ofNullable(entries.getOrDefault(variable, new TreeMap<>()).get(number));
    }

    void put(NodePath variable, int number, LedgerEntry entry) {
      entries.computeIfAbsent(variable, any -> new TreeMap<>()).put(number, entry);
    }

    void copyInto(FieldEntries copy) {
      entries.forEach((variable, numbers) -> copy.entries.put(variable, new TreeMap<>(numbers)));
    }

    void forEach(FieldVisitor visitor) {
      entries.forEach(
          (variable, numbers) ->
              numbers.forEach((number, entry) -> visitor.visit(variable, number, entry)));
    }

    boolean remove(NodePath variable, int number) {
      SortedMap<Integer, LedgerEntry> numbers = entries.getOrDefault(variable, new TreeMap<>());
      return numbers.remove(number) != null;
    }
  }

  LedgerPage copy() {
    LedgerPage copy = new LedgerPage();
    ingested.copyInto(copy.ingested);
    aside.copyInto(copy.aside);
    return copy;
  }

  /** The version that the archive's field is of. */
  Optional<LedgerEntry> ingested(NodePath variable, int number) {
    return ingested.of(variable, number);
  }

  /** The newest version that is not in the archive, if one came after what is. */
  Optional<LedgerEntry> aside(NodePath variable, int number) {
    return aside.of(variable, number);
  }

  /**
   * Adds how the reading of a field ended. What is in the archive stays there whatever fails, so
   * only another ingested version takes its place; a failure to read another version is kept beside
   * it. That nothing was found where nothing is known adds nothing.
   *
   * @return whether the page says anything else now
   */
  boolean add(NodePath variable, int number, LedgerEntry entry) {
    Optional<LedgerEntry> known = ingested(variable, number);
    if (entry.state() == LedgerState.INGESTED) {
      boolean moved = aside.remove(variable, number);
      if (known.filter(entry::saysAs).isPresent()) {
        return moved;
      }
      ingested.put(variable, number, entry);
      return true;
    }
    if (!isNews(variable, number, entry)) {
      return false;
    }
    aside.put(variable, number, entry);
    return true;
  }

  /** Whether a failure tells of a version that the page does not judge as yet. */
  private boolean isNews(NodePath variable, int number, LedgerEntry entry) {
    Optional<LedgerEntry> known = ingested(variable, number);
    Optional<LedgerEntry> failed = aside(variable, number);
    if (entry.version().isEmpty()) {
      return known.isEmpty() && failed.isEmpty() && entry.state() != LedgerState.MISSING;
    }
    return known.filter(in -> in.isOf(entry.url(), entry.version())).isEmpty()
        && failed
            .filter(out -> out.saysAs(entry) || (out.isSettled() && !entry.isSettled()))
            .filter(out -> out.isOf(entry.url(), entry.version()))
            .isEmpty();
  }

  /** How the fields stand. */
  LedgerCounts counts(long expected) {
    Map<LedgerState, Long> counts = new LinkedHashMap<>();
    ingested
        .entries
        .values()
        .forEach(of -> counts.merge(LedgerState.INGESTED, (long) of.size(), Long::sum));
    long[] replaced = new long[1];
    aside.entries.forEach(
        (variable, numbers) ->
            numbers.forEach(
                (number, entry) -> {
                  if (ingested(variable, number).isPresent()) {
                    replaced[0]++;
                  } else {
                    counts.merge(entry.state(), 1L, Long::sum);
                  }
                }));
    return new LedgerCounts(
        expected,
        counts.getOrDefault(LedgerState.INGESTED, 0L),
        counts.getOrDefault(LedgerState.ANNOUNCED, 0L),
        counts.getOrDefault(LedgerState.MISSING, 0L),
        counts.getOrDefault(LedgerState.QUARANTINED, 0L),
        replaced[0]);
  }

  /** What is stored of the page: the ingested entries, then the others. */
  List<FieldEntries> all() {
    return List.of(ingested, aside);
  }

  /** Takes back what was stored. */
  void restore(NodePath variable, int number, LedgerEntry entry) {
    (entry.state() == LedgerState.INGESTED ? ingested : aside).put(variable, number, entry);
  }
}
