package dev.firn.update;

import dev.firn.dataset.VariableSpec;

/**
 * Which of a variable's fields were read, and so which of its values stand on what the sources have
 * now. The value of a step may need the fields of others, as deaccumulation does.
 */
final class Provenance {
  private final boolean[] wanted;
  private final boolean[] read;
  private final StepLines lines;
  private final int[][] inputs;

  Provenance(RegionLayout layout, VariableSpec variable, StepLines lines) {
    this.lines = lines;
    this.wanted = new boolean[layout.stepCount()];
    this.read = new boolean[layout.stepCount()];
    int perPosition = layout.steps.perPosition();
    for (int step = 0; step < wanted.length; step++) {
      wanted[step] =
          layout.steps.source(variable, layout.positionOf(step), step % perPosition).isPresent();
    }
    this.inputs = new int[lines.seconds().length][];
    for (int place = 0; place < inputs.length; place++) {
      inputs[place] = lines.inputsOf(place, variable);
    }
  }

  /** Notes that the field of a step was read. Called once for each step, by any thread. */
  void markRead(int step) {
    read[step] = true;
  }

  /** Whether any field was read. */
  boolean hasAny() {
    for (boolean one : read) {
      if (one) {
        return true;
      }
    }
    return false;
  }

  /** Whether every field that the step's value stands on was read. */
  boolean isComplete(int step) {
    int first = lines.firstOf(step);
    for (int place : inputs[lines.placeInLine(step)]) {
      int input = lines.step(first, place);
      if (wanted[input] && !read[input]) {
        return false;
      }
    }
    return true;
  }
}
