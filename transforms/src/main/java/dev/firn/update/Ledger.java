package dev.firn.update;

import dev.firn.dataset.DatasetSpec;
import dev.firn.dataset.SourceStep;
import dev.firn.io.zarr.NodePath;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an archive says of its source files: which version of which file each field stands on, and
 * why others are not there. It is that of one published state, to which its data belong; of an
 * archive without one, nothing was heard. Read as it is asked for; safe for use by many threads.
 */
public final class Ledger implements AutoCloseable {
  private final DatasetSpec spec;
  private final LedgerReader reader;
  private final FieldNumbers numbers;
  private final long extent;

  Ledger(DatasetSpec spec, LedgerReader reader, long extent) {
    this.spec = spec;
    this.reader = reader;
    this.numbers = new FieldNumbers(spec);
    this.extent = extent;
  }

  /** Whether the archive has a ledger at all; those that others made, or older ones, have none. */
  public boolean isKept() {
    return reader.name().isPresent();
  }

  /** The length of the append dimension that it is of. */
  public long extent() {
    return extent;
  }

  /**
   * What is known of a field: the version that is in the archive, or else the newest that was found
   * but is not. Empty where nothing was heard.
   *
   * @param step a step of the archive
   */
  public Optional<LedgerEntry> entry(NodePath variable, SourceStep step) throws IOException {
    Optional<LedgerEntry> ingested = ingested(variable, step);
    return ingested.isPresent() ? ingested : aside(variable, step);
  }

  /** The version of a file that a field of the archive is of. */
  public Optional<LedgerEntry> ingested(NodePath variable, SourceStep step) throws IOException {
    return page(step).ingested(variable, numbers.number(step));
  }

  /** The newest version that is not in the archive, if it came after what is. */
  public Optional<LedgerEntry> aside(NodePath variable, SourceStep step) throws IOException {
    return page(step).aside(variable, numbers.number(step));
  }

  /** Whether all fields that are wanted from a file are in the archive. */
  public boolean ingested(SourceFile file) throws IOException {
    for (WantedField wanted : WantedField.of(file)) {
      if (ingested(wanted.variable(), wanted.step()).isEmpty()) {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether there is nothing to be gained from a file: each of its fields was read from this
   * version, or was found missing or set aside in it. A version that is not known is not known.
   */
  public boolean knows(SourceFile file, ArrivedFile arrived) throws IOException {
    for (WantedField wanted : WantedField.of(file)) {
      if (!isOf(arrived, ingested(wanted.variable(), wanted.step()))
          && !isOf(arrived, aside(wanted.variable(), wanted.step()))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isOf(ArrivedFile arrived, Optional<LedgerEntry> entry) {
    return entry
        .filter(LedgerEntry::isSettled)
        .filter(known -> known.isOf(arrived.url(), arrived.version()))
        .isPresent();
  }

  /**
   * What the archive would have of a region's source files and has not, and files of which a later
   * version was found than the one that it has.
   *
   * @param region positions of the append dimension; within the extent or beyond it
   * @param now sources have some files only while they are new
   */
  public List<SourceFile> holes(Region region, Instant now) throws IOException {
    return lines(region, now).stream().filter(LedgerLine::isHole).map(LedgerLine::file).toList();
  }

  /** How each field of some positions stands, those of a file that stand alike together. */
  public List<LedgerLine> lines(Region region, Instant now) throws IOException {
    List<LedgerLine> lines = new ArrayList<>();
    for (SourceFile file : files(region, now)) {
      lines.addAll(lines(file, now));
    }
    return lines;
  }

  /** How the fields of a file stand. */
  List<LedgerLine> lines(SourceFile file, Instant now) throws IOException {
    Map<Alike, List<WantedField>> alike = new LinkedHashMap<>();
    for (WantedField field : WantedField.of(file)) {
      alike.computeIfAbsent(alike(field, now), any -> new ArrayList<>()).add(field);
    }
    List<LedgerLine> lines = new ArrayList<>();
    alike.forEach(
        (stand, fields) ->
            WantedField.of(file, fields)
                .forEach(
                    part ->
                        lines.add(
                            new LedgerLine(stand.state(), part, stand.entry(), stand.aside()))));
    return lines;
  }

  private record Alike(
      LedgerState state, Optional<LedgerEntry> entry, Optional<LedgerEntry> aside) {}

  private Alike alike(WantedField field, Instant now) throws IOException {
    Optional<LedgerEntry> ingested = ingested(field.variable(), field.step());
    Optional<LedgerEntry> aside = aside(field.variable(), field.step());
    if (ingested.isPresent()) {
      return new Alike(LedgerState.INGESTED, ingested, aside);
    }
    return new Alike(
        aside.map(LedgerEntry::state).orElseGet(() -> unheard(field.step(), now)),
        aside,
        Optional.empty());
  }

  /** A file of which nothing was heard is missing when its time has passed. */
  private LedgerState unheard(SourceStep step, Instant now) {
    return isDue(numbers.position(step), now) ? LedgerState.MISSING : LedgerState.EXPECTED;
  }

  /** Whether files of a position of the append dimension are missing if they are not there now. */
  public boolean isDue(long position, Instant now) {
    return !now.isBefore(spec.append().at(position).plus(spec.live().deadline()));
  }

  /** All files that sources should have of a region. */
  public List<SourceFile> files(Region region, Instant now) {
    return SourceFilePlan.of(spec, region, now);
  }

  /** Slices of the append dimension one shard long, as far as it goes, the first at 0. */
  public List<Region> regions() {
    int length = spec.chunkSizes().appendShardLength();
    List<Region> regions = new ArrayList<>();
    for (long index = 0; index * length < extent; index++) {
      regions.add(new Region(index, index * length, Math.min((index + 1) * length, extent)));
    }
    return regions;
  }

  /** How the fields of a region stand; empty where nothing was heard of any. */
  public Optional<LedgerCounts> counts(long region) throws IOException {
    return reader.entry(region).map(LedgerContents.Entry::fields);
  }

  private LedgerPage page(SourceStep step) throws IOException {
    return reader.page(numbers.region(step));
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
