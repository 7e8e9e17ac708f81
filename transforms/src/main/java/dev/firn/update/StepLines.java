package dev.firn.update;

import dev.firn.dataset.VariableSpec;
import dev.firn.fields.Deaccumulation;
import dev.firn.fields.GapInterpolation;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The steps of a region along which values follow each other in time: one line of lead times for
 * each forecast and member, or one line along valid time.
 */
final class StepLines {
  private final RegionLayout layout;
  private final double[] seconds;
  private final boolean[] gaps;
  private final int stride;

  private StepLines(RegionLayout layout, double[] seconds, boolean[] gaps, int stride) {
    this.layout = layout;
    this.seconds = seconds;
    this.gaps = gaps;
    this.stride = stride;
  }

  static StepLines of(RegionLayout layout, VariableSpec variable, Times times) {
    if (layout.steps.runAlongLeads()) {
      double[] leads = layout.steps.leadTimes().stream().mapToDouble(Duration::toSeconds).toArray();
      return new StepLines(layout, leads, new boolean[leads.length], layout.steps.leadStride());
    }
    int positions = layout.processing.length();
    long[] epochSeconds = new long[positions];
    boolean[] gaps = new boolean[positions];
    for (int at = 0; at < positions; at++) {
      epochSeconds[at] = times.at(layout.processing.start() + at).getEpochSecond();
      gaps[at] = layout.steps.isGap(variable, layout.processing.start() + at);
    }
    Optional<Duration> reset =
        variable.steps().deaccumulation().flatMap(Deaccumulation::resetEvery);
    return new StepLines(
        layout, Deaccumulation.stepSeconds(epochSeconds, reset), gaps, layout.steps.perPosition());
  }

  /** The time at a position of the append dimension. */
  interface Times {
    Instant at(long position);
  }

  /** The times of a line's steps, as deaccumulation counts them. */
  double[] seconds() {
    return seconds;
  }

  /** The steps of a line that sources never have. */
  boolean[] gaps() {
    return gaps;
  }

  /** What fills the gaps. */
  GapInterpolation interpolation() {
    return new GapInterpolation(gaps);
  }

  /** How many lines there are. */
  int count() {
    return layout.stepCount() / seconds.length;
  }

  /** The first step of each line; the others follow {@link #step}. */
  int[] firstSteps() {
    return IntStream.range(0, layout.stepCount()).filter(step -> placeInLine(step) == 0).toArray();
  }

  /** The step at a place of the line that begins with {@code first}. */
  int step(int first, int place) {
    return first + place * stride;
  }

  /** The place of a step in its line. */
  int placeInLine(int step) {
    return step / stride % seconds.length;
  }

  /** The first step of the line of a step. */
  int firstOf(int step) {
    return step - placeInLine(step) * stride;
  }

  /** Changes the values of each line, which are handed over in one piece. */
  void forEach(float[] values, LineVisitor visitor) {
    int cells = layout.cells();
    if (count() == 1) {
      visitor.visit(values);
      return;
    }
    float[] line = new float[seconds.length * cells];
    for (int first : firstSteps()) {
      for (int place = 0; place < seconds.length; place++) {
        System.arraycopy(values, step(first, place) * cells, line, place * cells, cells);
      }
      visitor.visit(line);
      for (int place = 0; place < seconds.length; place++) {
        System.arraycopy(line, place * cells, values, step(first, place) * cells, cells);
      }
    }
  }

  /** Changes values of {@code steps × cells}. */
  interface LineVisitor {
    void visit(float[] line);
  }

  /** The places of a line whose sources decide the value at {@code place}. */
  int[] inputsOf(int place, VariableSpec variable) {
    int[] neighbours =
        variable.steps().interpolatesGaps() ? interpolation().inputsOf(place) : new int[] {place};
    return Arrays.stream(neighbours)
        .flatMap(
            at ->
                variable
                    .steps()
                    .deaccumulation()
                    .map(rates -> Arrays.stream(rates.inputsOf(at, seconds, gaps)))
                    .orElse(IntStream.of(at)))
        .distinct()
        .toArray();
  }
}
