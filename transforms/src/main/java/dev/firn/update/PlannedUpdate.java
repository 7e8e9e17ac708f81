package dev.firn.update;

import java.util.List;

/** What planning comes to. */
public sealed interface PlannedUpdate {

  /**
   * There is work.
   *
   * @param plan what is pinned
   * @param jobs its jobs, in order
   */
  record Ready(UpdatePlan plan, List<RegionJob> jobs) implements PlannedUpdate {}

  /**
   * There is none: it was done before, or it is refused.
   *
   * @param outcome how it ends
   */
  record Settled(UpdateOutcome outcome) implements PlannedUpdate {}
}
