package dev.firn.update;

import dev.firn.dataset.ValueSteps;
import dev.firn.fields.Deaccumulation;

/** The numeric steps on a chunk column's values, in the order of the published archives. */
final class ColumnSteps {
  private final ValueSteps steps;
  private final StepLines lines;

  ColumnSteps(ValueSteps steps, StepLines lines) {
    this.steps = steps;
    this.lines = lines;
  }

  /** Changes the values in place; returns what deaccumulation had to clamp or drop. */
  Deaccumulation.Counts apply(float[] values) {
    steps.sentinel().ifPresent(sentinel -> sentinel.apply(values));
    steps.scaling().ifPresent(scaling -> scaling.apply(values));
    Deaccumulation.Counts counts =
        steps
            .deaccumulation()
            .map(rates -> deaccumulate(rates, values))
            .orElse(new Deaccumulation.Counts(0, 0, 0));
    if (steps.interpolatesGaps()) {
      lines.forEach(values, line -> lines.interpolation().apply(line));
    }
    steps.rounding().ifPresent(rounding -> rounding.apply(values));
    return counts;
  }

  private Deaccumulation.Counts deaccumulate(Deaccumulation rates, float[] values) {
    var counts = new Deaccumulation.Counts[] {new Deaccumulation.Counts(0, 0, 0)};
    lines.forEach(
        values,
        line -> counts[0] = counts[0].plus(rates.apply(line, lines.seconds(), lines.gaps())));
    return counts[0];
  }
}
