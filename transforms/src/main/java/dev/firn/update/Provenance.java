package dev.firn.update;

import dev.firn.dataset.VariableSpec;
import dev.firn.fields.Deaccumulation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Which steps of a variable in a region stand on source files that were all read. What a transform
 * takes from neighbouring steps counts. Whether a value is NaN does not.
 */
final class Provenance {
  private final RegionLayout layout;
  private final boolean[] wanted;
  private final boolean[] read;
  private final int[][] inputs;

  Provenance(RegionLayout layout, VariableSpec variable, List<Duration> leads) {
    this.layout = layout;
    this.wanted = new boolean[leads.size()];
    this.inputs = new int[leads.size()][];
    this.read = new boolean[layout.steps()];
    Optional<Deaccumulation> deaccumulation = variable.steps().deaccumulation();
    double[] seconds = leads.stream().mapToDouble(Duration::toSeconds).toArray();
    for (int lead = 0; lead < wanted.length; lead++) {
      int step = lead;
      wanted[lead] = variable.isInSourceAt(leads.get(lead));
      inputs[lead] =
          deaccumulation
              .map(rates -> rates.inputsOf(step, seconds, new boolean[seconds.length]))
              .orElse(new int[] {step});
    }
  }

  /** Notes that the file of a step was read. Called once for each step, by any thread. */
  void markRead(int position, int lead) {
    read[layout.step(position, lead)] = true;
  }

  /** Whether any file was read. */
  boolean hasAny() {
    for (boolean one : read) {
      if (one) {
        return true;
      }
    }
    return false;
  }

  /** Whether every file that the step's value stands on was read. */
  boolean isComplete(int step) {
    int lead = step % layout.leads;
    for (int input : inputs[lead]) {
      if (wanted[input] && !read[step - lead + input]) {
        return false;
      }
    }
    return true;
  }
}
