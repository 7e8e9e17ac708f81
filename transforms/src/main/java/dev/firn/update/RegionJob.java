package dev.firn.update;

import dev.firn.dataset.VariableSpec;
import java.util.List;

/**
 * The unit of work and retry: all shards of some variables in one region.
 *
 * @param region what is written
 * @param processing what is read, the region and what its values depend on beside it
 * @param variables in the order of the dataset
 */
public record RegionJob(
    RegionJobKey key, Region region, Region processing, List<VariableSpec> variables) {
  /** Copies the variables. */
  public RegionJob {
    variables = List.copyOf(variables);
  }
}
