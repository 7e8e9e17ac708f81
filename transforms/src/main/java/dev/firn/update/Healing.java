package dev.firn.update;

import dev.firn.dataset.AppendDimension;
import dev.firn.dataset.DatasetSpec;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;

/**
 * Finds what an archive could have and has not: looks up in its sources every file that its ledger
 * has as a hole. What is there, at a version of which the ledger does not know better, can be read.
 */
public final class Healing {
  private static final int THREADS = 8;

  private final DatasetSpec spec;
  private final Ledger ledger;
  private final Sources sources;
  private final Instant now;

  /**
   * A search; the ledger and the sources stay open.
   *
   * @param now sources have some files only while they are new
   */
  public Healing(DatasetSpec spec, Ledger ledger, Sources sources, Instant now) {
    this.spec = spec;
    this.ledger = ledger;
    this.sources = sources;
    this.now = now;
  }

  /**
   * A file that is not wholly in the archive as its sources have it.
   *
   * @param line how some of its fields stand
   * @param arrived what is to be read of it, under the name that the dataset has for it; empty if
   *     there is nothing to be gained
   * @param why there is nothing, or what is there
   */
  public record Hole(LedgerLine line, Optional<ArrivedFile> arrived, String why) {

    /** What remains of it when files were read: the same, or less, as {@code ledger} has it. */
    public List<Hole> remaining(Ledger ledger, Instant now) throws IOException {
      String still = arrived.isPresent() ? "it was not read" : why;
      return ledger.lines(line.file(), now).stream()
          .filter(found -> found.isHole() || found.entry().equals(line.entry()))
          .map(found -> new Hole(found, Optional.empty(), still))
          .toList();
    }
  }

  /**
   * The holes of some regions, in their order.
   *
   * @param alsoIngested whether files that are in the archive are looked up too: they may have been
   *     replaced without anybody saying so
   */
  public List<Hole> holes(List<Region> regions, boolean alsoIngested) throws IOException {
    ExecutorService threads = Tasks.threads(THREADS, "look up");
    try {
      FileSearch search = new FileSearch(sources);
      List<Hole> holes = new ArrayList<>();
      for (Region region : regions) {
        List<Callable<Hole>> lookups = new ArrayList<>();
        if (alsoIngested || mayHaveHoles(region)) {
          ledger.lines(region, now).stream()
              .filter(line -> alsoIngested || line.isHole())
              .forEach(line -> lookups.add(() -> lookUp(line, search)));
        }
        Tasks.runAll(threads, lookups).stream()
            .filter(hole -> hole.line().isHole() || hole.arrived().isPresent())
            .forEach(holes::add);
      }
      return holes;
    } finally {
      threads.shutdownNow();
    }
  }

  private boolean mayHaveHoles(Region region) throws IOException {
    return ledger
        .counts(region.index())
        .filter(counts -> counts.holes() == 0 && counts.replaced() == 0)
        .isEmpty();
  }

  private Hole lookUp(LedgerLine line, FileSearch search) {
    try {
      return found(line, search.find(line.file()));
    } catch (IOException failed) {
      return new Hole(line, Optional.empty(), "it could not be looked up: " + failed.getMessage());
    }
  }

  private Hole found(LedgerLine line, Optional<FoundFile> found) throws IOException {
    if (found.isEmpty()) {
      return new Hole(line, Optional.empty(), "there is no such file");
    }
    FoundFile file = found.get();
    Instant available = file.version().lastModified().orElse(Instant.EPOCH);
    ArrivedFile there =
        new ArrivedFile(
            file.url(), Optional.of(file.version().tag()), file.version().sizeBytes(), available);
    if (line.isJudged(there)) {
      return new Hole(line, Optional.empty(), "it is still the version that was read");
    }
    Optional<String> beside = spec.source().inventory().map(kind -> kind.of(file.url()));
    if (beside.isPresent() && sources.find(beside.get()).isEmpty()) {
      return new Hole(line, Optional.empty(), "its inventory is not there");
    }
    ArrivedFile named =
        new ArrivedFile(line.file().urls().get(0), there.version(), there.sizeBytes(), available);
    return new Hole(line, Optional.of(named), "it is there");
  }

  /**
   * Groups what can be read into updates, each about two hours of work, older times first.
   *
   * @param holes in the order of their times
   */
  public List<Batch> batches(List<Hole> holes) {
    List<Batch> batches = new ArrayList<>();
    long fields = 0;
    Map<String, ArrivedFile> files = new LinkedHashMap<>();
    SortedSet<Long> positions = new TreeSet<>();
    for (Hole hole : holes) {
      if (hole.arrived().isPresent()) {
        long wanted = hole.line().file().fields();
        if (!files.isEmpty() && fields + wanted > BackfillWindows.FIELDS_PER_WINDOW) {
          batches.add(batch(files, positions));
          files.clear();
          positions.clear();
          fields = 0;
        }
        fields += wanted;
        files.put(hole.arrived().get().url(), hole.arrived().get());
        hole.line().file().steps().forEach(step -> positions.add(spec.steps().position(step)));
      }
    }
    if (!files.isEmpty()) {
      batches.add(batch(files, positions));
    }
    return batches;
  }

  /**
   * One live update.
   *
   * @param filter the times that its files are of
   * @param files what it reads
   */
  public record Batch(JobFilter filter, List<ArrivedFile> files) {}

  private Batch batch(Map<String, ArrivedFile> files, SortedSet<Long> positions) {
    AppendDimension append = spec.append();
    return new Batch(
        new JobFilter(
            Optional.of(append.at(positions.first())),
            append.at(positions.last() + 1),
            positions.stream().map(append::at).toList(),
            List.of()),
        List.copyOf(files.values()));
  }
}
