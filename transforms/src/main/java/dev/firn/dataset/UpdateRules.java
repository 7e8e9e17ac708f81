package dev.firn.dataset;

import java.time.Duration;

/**
 * What an update of a dataset covers.
 *
 * @param reprocess how long before the newest published time an update begins: sources may replace
 *     what they have published
 * @param delay how long before now an update ends
 * @param stepsBefore positions of the append dimension before a region that its values depend on
 * @param stepsAfter positions after a region that its values depend on
 * @param dropsLastStep whether the newest position is left to the next update, because values of it
 *     depend on the one after it
 */
public record UpdateRules(
    Duration reprocess, Duration delay, int stepsBefore, int stepsAfter, boolean dropsLastStep) {
  /** From the newest published time to now. */
  public static final UpdateRules USUAL =
      new UpdateRules(Duration.ZERO, Duration.ZERO, 0, 0, false);

  /** Checks that nothing is below zero. */
  public UpdateRules {
    if (reprocess.isNegative() || delay.isNegative() || stepsBefore < 0 || stepsAfter < 0) {
      throw new IllegalArgumentException(
          "Invalid updates: reprocess %s, delay %s, %d steps before, %d after; expected 0 or more"
              .formatted(reprocess, delay, stepsBefore, stepsAfter));
    }
  }
}
