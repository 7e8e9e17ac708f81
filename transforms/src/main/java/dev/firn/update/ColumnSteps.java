package dev.firn.update;

import dev.firn.dataset.ValueSteps;
import dev.firn.fields.Deaccumulation;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** Applies a variable's numeric steps to the values of a chunk column. */
final class ColumnSteps {
  private final ValueSteps steps;
  private final double[] leadSeconds;
  private final int valuesPerPosition;

  ColumnSteps(ValueSteps steps, List<Duration> leads, int cells) {
    this.steps = steps;
    this.leadSeconds = leads.stream().mapToDouble(Duration::toSeconds).toArray();
    this.valuesPerPosition = leads.size() * cells;
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
    steps.rounding().ifPresent(rounding -> rounding.apply(values));
    return counts;
  }

  private Deaccumulation.Counts deaccumulate(Deaccumulation rates, float[] values) {
    boolean[] noneSkipped = new boolean[leadSeconds.length];
    if (values.length == valuesPerPosition) {
      return rates.apply(values, leadSeconds, noneSkipped);
    }
    Deaccumulation.Counts counts = new Deaccumulation.Counts(0, 0, 0);
    for (int from = 0; from < values.length; from += valuesPerPosition) {
      float[] position = Arrays.copyOfRange(values, from, from + valuesPerPosition);
      counts = counts.plus(rates.apply(position, leadSeconds, noneSkipped));
      System.arraycopy(position, 0, values, from, valuesPerPosition);
    }
    return counts;
  }
}
