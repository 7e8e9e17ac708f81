package dev.firn.update;

import dev.firn.dataset.DatasetSpec;
import dev.firn.dataset.SourceStep;
import dev.firn.io.zarr.NodePath;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Adds the results of an update to a ledger. What comes out follows from the ledger and the results
 * alone, and added once more the same results change nothing, so all attempts at an update come to
 * the same objects.
 */
final class LedgerUpdate {
  private final DatasetSpec spec;
  private final UpdatePlan plan;
  private final long own;
  private final long extent;
  private final FieldNumbers numbers;
  private final SortedMap<String, byte[]> objects = new TreeMap<>();

  /**
   * An update of an archive.
   *
   * @param own the extent that its results are of: of what lies beyond, nothing is recorded
   * @param extent of the archive since, to which others may have made it grow further
   */
  LedgerUpdate(DatasetSpec spec, UpdatePlan plan, long own, long extent) {
    this.spec = spec;
    this.plan = plan;
    this.own = own;
    this.extent = extent;
    this.numbers = new FieldNumbers(spec);
  }

  /** What becomes of the ledger {@code base}. */
  LedgerChange of(LedgerReader base, Collection<RegionJobResult> results) throws IOException {
    SortedMap<Long, List<RegionJobResult>> regions = new TreeMap<>();
    for (RegionJobResult result : results) {
      regions.computeIfAbsent(result.key().region(), any -> new ArrayList<>()).add(result);
    }
    SortedMap<Long, SortedMap<Long, LedgerContents.Entry>> chapters = new TreeMap<>();
    for (Map.Entry<Long, List<RegionJobResult>> region : regions.entrySet()) {
      long number = region.getKey();
      Optional<LedgerContents.Entry> changed = page(base, number, region.getValue());
      if (changed.isPresent()) {
        chapters
            .computeIfAbsent(LedgerContents.chapter(number), any -> new TreeMap<>())
            .put(number, changed.get());
      }
    }
    if (chapters.isEmpty()) {
      boolean ofRun = base.name().isPresent() && base.index().run().equals(plan.runId());
      return new LedgerChange(base.name(), ofRun, false, new TreeMap<>());
    }
    SortedMap<Long, LedgerContents.Entry> index = new TreeMap<>();
    for (Map.Entry<Long, SortedMap<Long, LedgerContents.Entry>> chapter : chapters.entrySet()) {
      LedgerContents contents = base.chapter(chapter.getKey()).with(chapter.getValue(), plan);
      index.put(chapter.getKey(), entry(contents.write(), contents.counts()));
    }
    String name = add(base.index().with(index, plan).write());
    boolean firstOfDay = !day(base.index().updated()).equals(day(plan.now()));
    return new LedgerChange(Optional.of(name), true, firstOfDay, objects);
  }

  private static Instant day(Instant time) {
    return time.truncatedTo(ChronoUnit.DAYS);
  }

  /** The page of a region, if it changes. Cells beyond the extent are not published. */
  private Optional<LedgerContents.Entry> page(
      LedgerReader base, long region, List<RegionJobResult> results) throws IOException {
    Region published = region(region);
    if (published.length() <= 0) {
      return Optional.empty();
    }
    Optional<LedgerContents.Entry> before = base.entry(region);
    LedgerPage page = base.page(region).copy();
    boolean changed = false;
    for (RegionJobResult result : results) {
      for (SourceFileResult file : result.files()) {
        changed |= add(page, published, file);
      }
    }
    long expected =
        SourceFilePlan.of(spec, published, plan.now()).stream().mapToLong(SourceFile::fields).sum();
    boolean grown = before.filter(known -> known.fields().expected() == expected).isEmpty();
    return changed || grown
        ? Optional.of(
            entry(LedgerDocument.write(page, plan.runId(), region), page.counts(expected)))
        : Optional.empty();
  }

  private Region region(long index) {
    int length = spec.chunkSizes().appendShardLength();
    return new Region(index, index * length, Math.min((index + 1) * length, extent));
  }

  /** A file is also read for the neighbours of its region, but they are not written then. */
  private boolean add(LedgerPage page, Region published, SourceFileResult file) {
    LedgerEntry entry = LedgerEntry.of(file, plan.now());
    boolean changed = false;
    for (SourceStep step : file.steps()) {
      long position = numbers.position(step);
      if (position >= published.start() && position < Math.min(own, published.end())) {
        int number = numbers.number(step);
        for (NodePath variable : file.variables()) {
          changed |= page.add(variable, number, entry);
        }
      }
    }
    return changed;
  }

  private LedgerContents.Entry entry(byte[] object, LedgerCounts counts) {
    return new LedgerContents.Entry(add(object), counts);
  }

  private String add(byte[] object) {
    String name = LedgerFiles.name(object);
    objects.put(name, object);
    return name;
  }
}
