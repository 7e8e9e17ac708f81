package dev.firn.update;

import dev.firn.dataset.AppendDimension;
import dev.firn.dataset.DatasetSpec;
import dev.firn.dataset.VariableSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All region jobs of an archive: regions in ascending order, and in each the variable groups. */
public final class RegionJobs {
  private RegionJobs() {}

  /**
   * Plans the jobs of an archive {@code extent} positions long that {@code filter} keeps. It knows
   * nothing of workers, nor whether this is a backfill or an update.
   */
  public static List<RegionJob> plan(DatasetSpec spec, long extent, JobFilter filter) {
    AppendDimension append = spec.append();
    int length = spec.chunkSizes().appendShardLength();
    long first = filter.start().map(start -> Math.max(0, append.floor(start) / length)).orElse(0L);
    List<List<VariableSpec>> groups = groups(spec, filter);
    List<RegionJob> jobs = new ArrayList<>();
    for (long index = first; index * length < extent; index++) {
      Region region = region(spec, extent, index);
      for (int group = 0; group < groups.size() && filter.keeps(region, append); group++) {
        if (!groups.get(group).isEmpty()) {
          jobs.add(
              new RegionJob(
                  new RegionJobKey(index, group),
                  region,
                  processing(spec, extent, region),
                  groups.get(group)));
        }
      }
    }
    return jobs;
  }

  /** The job of that key among those of {@link #plan}, if it is one. Its cost is that of one. */
  static Optional<RegionJob> job(
      DatasetSpec spec, long extent, JobFilter filter, RegionJobKey key) {
    List<List<VariableSpec>> groups = groups(spec, filter);
    if (key.group() >= groups.size()
        || key.region() * spec.chunkSizes().appendShardLength() >= extent) {
      return Optional.empty();
    }
    Region region = region(spec, extent, key.region());
    List<VariableSpec> variables = groups.get(key.group());
    return filter.keeps(region, spec.append()) && !variables.isEmpty()
        ? Optional.of(new RegionJob(key, region, processing(spec, extent, region), variables))
        : Optional.empty();
  }

  /** Of each variable group what the filter keeps. */
  private static List<List<VariableSpec>> groups(DatasetSpec spec, JobFilter filter) {
    return VariableGroups.of(spec).stream()
        .map(variables -> variables.stream().filter(filter::keeps).toList())
        .toList();
  }

  private static Region region(DatasetSpec spec, long extent, long index) {
    int length = spec.chunkSizes().appendShardLength();
    return new Region(index, index * length, Math.min((index + 1) * length, extent));
  }

  private static Region processing(DatasetSpec spec, long extent, Region region) {
    return new Region(
        region.index(),
        Math.max(0, region.start() - spec.updates().stepsBefore()),
        Math.min(extent, region.end() + spec.updates().stepsAfter()));
  }
}
