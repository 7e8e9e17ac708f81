package dev.firn.update;

import java.util.Collection;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The results of an update's jobs, by job key: a job that was run twice counts once. Mutable, for
 * accumulating.
 */
public final class MergedResults {
  private final SortedMap<RegionJobKey, RegionJobResult> results = new TreeMap<>();

  /** Adds a job's result, in the place of an earlier one. */
  public void add(RegionJobResult result) {
    results.put(result.key(), result);
  }

  /** Adds all results of {@code other}. */
  public void addAll(MergedResults other) {
    results.putAll(other.results);
  }

  /** The results in the order of their keys. */
  public Collection<RegionJobResult> results() {
    return results.values();
  }

  /** The keys of the jobs that were heard from. */
  public Set<RegionJobKey> keys() {
    return results.keySet();
  }
}
