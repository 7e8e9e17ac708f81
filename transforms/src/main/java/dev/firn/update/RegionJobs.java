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
    return plan(spec, extent, Wanted.of(spec, filter));
  }

  /**
   * Plans the jobs of a request. Where it names files, each job is of one variable, and there are
   * also those of other regions whose values depend on the times it names.
   */
  static List<RegionJob> plan(DatasetSpec spec, long extent, UpdateRequest request) {
    return plan(spec, extent, Wanted.of(spec, request));
  }

  private static List<RegionJob> plan(DatasetSpec spec, long extent, Wanted wanted) {
    int length = spec.chunkSizes().appendShardLength();
    List<RegionJob> jobs = new ArrayList<>();
    for (long index = wanted.first(spec); index * length < extent; index++) {
      for (int group = 0; group < wanted.groups().size(); group++) {
        job(spec, extent, wanted, new RegionJobKey(index, group)).ifPresent(jobs::add);
      }
    }
    return jobs;
  }

  /** The job of that key among those of a request, if it is one. Its cost is that of one. */
  static Optional<RegionJob> job(
      DatasetSpec spec, long extent, UpdateRequest request, RegionJobKey key) {
    return job(spec, extent, Wanted.of(spec, request), key);
  }

  private static Optional<RegionJob> job(
      DatasetSpec spec, long extent, Wanted wanted, RegionJobKey key) {
    if (key.group() >= wanted.groups().size()
        || key.region() * spec.chunkSizes().appendShardLength() >= extent) {
      return Optional.empty();
    }
    Region region = region(spec, extent, key.region());
    Region processing = processing(spec, extent, region);
    List<VariableSpec> variables = wanted.groups().get(key.group());
    return wanted.keeps(region, processing, spec.append()) && !variables.isEmpty()
        ? Optional.of(new RegionJob(key, region, processing, variables))
        : Optional.empty();
  }

  /**
   * What jobs are planned of.
   *
   * @param filter which regions
   * @param groups of each variable group what the filter keeps
   * @param reaches whether regions count by what they read, and not by what they write
   */
  private record Wanted(JobFilter filter, List<List<VariableSpec>> groups, boolean reaches) {
    static Wanted of(DatasetSpec spec, JobFilter filter) {
      return new Wanted(filter, kept(VariableGroups.of(spec), filter), false);
    }

    static Wanted of(DatasetSpec spec, UpdateRequest request) {
      JobFilter filter = request.filter();
      return request.kind() == UpdateRequest.Kind.LIVE
          ? new Wanted(filter, kept(VariableGroups.single(spec), filter), true)
          : of(spec, filter);
    }

    private static List<List<VariableSpec>> kept(
        List<List<VariableSpec>> groups, JobFilter filter) {
      return groups.stream()
          .map(variables -> variables.stream().filter(filter::keeps).toList())
          .toList();
    }

    /** The first region that may be kept. */
    long first(DatasetSpec spec) {
      int length = spec.chunkSizes().appendShardLength();
      int after = reaches ? spec.updates().stepsAfter() : 0;
      return filter
          .start()
          .map(start -> Math.max(0, (spec.append().floor(start) - after) / length))
          .orElse(0L);
    }

    boolean keeps(Region region, Region processing, AppendDimension append) {
      return filter.keeps(reaches ? processing : region, append);
    }
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
