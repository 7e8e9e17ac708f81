package dev.firn.update;

import dev.firn.dataset.DatasetSpec;
import dev.firn.dataset.SourceStep;
import dev.firn.dataset.VariableSpec;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
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

  /** The files of a live update's jobs. */
  LiveFiles(DatasetSpec spec, UpdatePlan plan) {
    this.spec = spec;
    this.plan = plan;
    this.arrived =
        plan.request().files().stream().map(ArrivedFile::url).collect(Collectors.toSet());
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
    for (SourceFile file : all) {
      if (file.urls().stream().anyMatch(arrived::contains)) {
        file.steps().forEach(step -> come.set(number(layout, step)));
      }
    }
    BitSet needed = come.isEmpty() ? come : needed(job, layout, come);
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

  private BitSet needed(RegionJob job, RegionLayout layout, BitSet come) {
    BitSet needed = new BitSet();
    for (VariableSpec variable : job.variables()) {
      StepLines lines = StepLines.of(layout, variable, spec.append()::at);
      for (int step = 0; step < layout.stepCount(); step++) {
        if (isWritten(job, layout, step)) {
          needed.or(inputs(lines, variable, step, come));
        }
      }
    }
    if (!needed.isEmpty() && spec.updates().dropsLastStep()) {
      addUnpublished(layout, needed);
    }
    return needed;
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
