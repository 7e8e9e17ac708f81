package dev.firn.update;

import dev.firn.dataset.VariableSpec;
import java.util.List;

/**
 * The unit of work and retry: the variables of one group in one region.
 *
 * @param key its name
 * @param region where along the append dimension
 * @param variables the variable group
 */
public record RegionJob(RegionJobKey key, Region region, List<VariableSpec> variables) {
  /** Copies the variables. */
  public RegionJob {
    variables = List.copyOf(variables);
  }
}
