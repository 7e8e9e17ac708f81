package dev.firn.update;

import dev.firn.dataset.ArchiveSteps;
import dev.firn.dataset.DatasetSpec;
import dev.firn.dataset.SourceStep;

/** Numbers the steps of a region: those of its first position, then those of the next. */
final class FieldNumbers {
  private final ArchiveSteps steps;
  private final int regionLength;

  FieldNumbers(DatasetSpec spec) {
    this.steps = spec.steps();
    this.regionLength = spec.chunkSizes().appendShardLength();
  }

  long position(SourceStep step) {
    return steps.position(step);
  }

  /** The region that a step of the archive is in. */
  long region(SourceStep step) {
    return Math.floorDiv(position(step), regionLength);
  }

  /** Its number in that region. */
  int number(SourceStep step) {
    int inRegion = Math.toIntExact(Math.floorMod(position(step), (long) regionLength));
    return inRegion * steps.perPosition() + steps.index(step);
  }
}
