package dev.firn.update;

import dev.firn.dataset.DatasetSpec;
import dev.firn.dataset.SourceStep;
import dev.firn.dataset.VariableSpec;
import dev.firn.io.object.ETag;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What a region job of a live update reads: the files that have come, and of others what is needed
 * for values that stand on both, as deaccumulated ones do. All other values keep what is published,
 * so the shards become what reading everything would have made them.
 */
final class LiveFiles {
  private final DatasetSpec spec;
  private final UpdatePlan plan;
  private final Set<String> arrived;
  private final Predicate<SourceFile> isNeighbour;

  private LiveFiles(DatasetSpec spec, UpdatePlan plan, Predicate<SourceFile> isNeighbour) {
    this.spec = spec;
    this.plan = plan;
    this.arrived =
        plan.request().files().stream().map(ArrivedFile::url).collect(Collectors.toSet());
    this.isNeighbour = isNeighbour;
  }

  /** The files of a live update's jobs. */
  static LiveFiles of(DatasetSpec spec, UpdatePlan plan) {
    return new LiveFiles(spec, plan, file -> plan.neighbours().containsKey(file.urls().get(0)));
  }

  /**
   * The plan with its neighbours: of the files that its values would stand on, too, those that the
   * published archive is made of. Others are there perhaps, but have not come: nothing is shown of
   * them. An archive without a ledger does not tell, and counts as made of all that is there.
   */
  static UpdatePlan withNeighbours(DatasetSpec spec, UpdatePlan plan, StoreSet stores)
      throws IOException {
    LiveFiles any = new LiveFiles(spec, plan, file -> true);
    Optional<String> name = stores.primary().view(plan.primary()).attribute(Ledgers.ATTRIBUTE);
    LedgerReader reader = new LedgerReader(stores.member(StoreRole.PRIMARY).ledger(), name);
    Ledger ledger = new Ledger(spec, reader, plan.primary().extent()); // closed with the stores
    SourceFilePlan all = new SourceFilePlan(spec, plan.now());
    Map<String, ETag> neighbours = new TreeMap<>();
    for (RegionJob job : RegionJobs.plan(spec, plan.extent(), plan.request())) {
      for (SourceFile file : any.of(job, all.of(job))) {
        if (!any.hasCome(file) && (!ledger.isKept() || ledger.ingested(file))) {
          neighbours.put(file.urls().get(0), version(ledger, file));
        }
      }
    }
    return plan.withNeighbours(neighbours);
  }

  private static ETag version(Ledger ledger, SourceFile file) throws IOException {
    return ledger
        .ingested(file.variables().get(0), file.steps().get(0))
        .flatMap(LedgerEntry::version)
        .orElse(UpdatePlan.ANY_VERSION);
  }

  private boolean hasCome(SourceFile file) {
    return file.urls().stream().anyMatch(arrived::contains);
  }

  /**
   * Of a job's files those to be read, for those of their steps that are needed; none when nothing
   * has come that the job's values depend on.
   *
   * @param job of one variable
   * @param all its files
   */
  List<SourceFile> of(RegionJob job, List<SourceFile> all) {
    RegionLayout layout = new RegionLayout(spec, job);
    BitSet come = new BitSet();
    BitSet known = new BitSet();
    for (SourceFile file : all) {
      boolean hasCome = hasCome(file);
      for (SourceStep step : file.steps()) {
        come.set(number(layout, step), hasCome);
        known.set(number(layout, step), hasCome || isNeighbour.test(file));
      }
    }
    BitSet needed = come.isEmpty() ? come : needed(job, layout, come, known);
    List<SourceFile> files = new ArrayList<>();
    for (SourceFile file : all) {
      List<SourceStep> steps =
          file.steps().stream().filter(step -> needed.get(number(layout, step))).toList();
      if (!steps.isEmpty()) {
        files.add(new SourceFile(file.urls(), steps, file.variables()));
      }
    }
    return files;
  }

  private static int number(RegionLayout layout, SourceStep step) {
    return layout.step(layout.steps.position(step), layout.steps.index(step));
  }

  private BitSet needed(RegionJob job, RegionLayout layout, BitSet come, BitSet known) {
    BitSet needed = new BitSet();
    for (VariableSpec variable : job.variables()) {
      StepLines lines = StepLines.of(layout, variable, spec.append()::at);
      for (int step = 0; step < layout.stepCount(); step++) {
        if (isWritten(job, layout, step) && isKnown(variable, layout, step, known)) {
          needed.or(inputs(lines, variable, step, come));
        }
      }
    }
    if (!needed.isEmpty() && spec.updates().dropsLastStep()) {
      addUnpublished(layout, needed);
      return needed;
    }
    needed.and(known);
    return needed;
  }

  /** Whether a value may be shown: its own file is known, or it is of a gap and has none. */
  private static boolean isKnown(
      VariableSpec variable, RegionLayout layout, int step, BitSet known) {
    int perPosition = layout.steps.perPosition();
    return known.get(step)
        || layout.steps.source(variable, layout.positionOf(step), step % perPosition).isEmpty();
  }

  private static boolean isWritten(RegionJob job, RegionLayout layout, int step) {
    long position = layout.positionOf(step);
    return position >= job.region().start() && position < job.region().end();
  }

  /** All that a value stands on, if any of it has come. */
  private static BitSet inputs(StepLines lines, VariableSpec variable, int step, BitSet come) {
    BitSet inputs = new BitSet();
    int first = lines.firstOf(step);
    for (int place : lines.inputsOf(lines.placeInLine(step), variable)) {
      inputs.set(lines.step(first, place));
    }
    return inputs.intersects(come) ? inputs : new BitSet();
  }

  /** What was read for the step that was left to the next update is not in the archive yet. */
  private void addUnpublished(RegionLayout layout, BitSet needed) {
    for (int step = 0; step < layout.stepCount(); step++) {
      if (layout.positionOf(step) >= plan.primary().extent()) {
        needed.set(step);
      }
    }
  }
}
