package dev.firn.update;

import dev.firn.dataset.AppendDimension;
import dev.firn.dataset.DatasetSpec;
import dev.firn.dataset.VariableSpec;
import java.util.ArrayList;
import java.util.List;

/** All region jobs of an archive: regions in ascending order, and in each the variable groups. */
public final class RegionJobs {
  private RegionJobs() {}

  /**
   * Plans the jobs of an archive {@code extent} positions long that {@code filter} keeps. It knows
   * nothing of workers, nor whether this is a backfill or an update.
   */
  public static List<RegionJob> plan(DatasetSpec spec, long extent, JobFilter filter) {
    List<RegionJob> jobs = new ArrayList<>();
    for (Region region : regions(spec, extent, filter)) {
      int group = 0;
      for (List<VariableSpec> variables : VariableGroups.of(spec)) {
        List<VariableSpec> kept = variables.stream().filter(filter::keeps).toList();
        if (!kept.isEmpty()) {
          jobs.add(new RegionJob(new RegionJobKey(region.index(), group), region, kept));
        }
        group++;
      }
    }
    return jobs;
  }

  private static List<Region> regions(DatasetSpec spec, long extent, JobFilter filter) {
    AppendDimension append = spec.append();
    int length = spec.chunkSizes().appendShardLength();
    long first = filter.start().map(start -> Math.max(0, append.floor(start) / length)).orElse(0L);
    List<Region> regions = new ArrayList<>();
    for (long index = first; index * length < extent; index++) {
      Region region = new Region(index, index * length, Math.min((index + 1) * length, extent));
      if (filter.keeps(region, append)) {
        regions.add(region);
      }
    }
    return regions;
  }
}
