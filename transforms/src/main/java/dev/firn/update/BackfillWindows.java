package dev.firn.update;

import dev.firn.dataset.AppendDimension;
import dev.firn.dataset.DatasetSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Cuts a long backfill into windows in append order, each planned, written and published like an
 * update: publications stay small, and a window that is lost costs a window.
 */
public final class BackfillWindows {
  /** Fields that one process reads and writes in about two hours at 40 a second. */
  static final long FIELDS_PER_WINDOW = 2 * 3600 * 40;

  private BackfillWindows() {}

  /** How many regions of a dataset are about two hours of work. */
  public static int usualRegions(DatasetSpec spec) {
    long fieldsPerRegion =
        (long) spec.variables().size()
            * spec.steps().perPosition()
            * spec.chunkSizes().appendShardLength();
    return (int) Math.max(1, FIELDS_PER_WINDOW / fieldsPerRegion);
  }

  /**
   * The windows of what {@code filter} keeps of an archive {@code extent} positions long, each of
   * at most {@code regions} regions; the filter itself where one window is enough.
   */
  public static List<JobFilter> of(DatasetSpec spec, long extent, JobFilter filter, int regions) {
    List<Region> all =
        RegionJobs.plan(spec, extent, filter).stream().map(RegionJob::region).distinct().toList();
    if (all.size() <= regions) {
      return List.of(filter);
    }
    AppendDimension append = spec.append();
    List<JobFilter> windows = new ArrayList<>();
    for (int from = 0; from < all.size(); from += regions) {
      Region first = all.get(from);
      Region last = all.get(Math.min(from + regions, all.size()) - 1);
      windows.add(
          new JobFilter(
              Optional.of(append.at(first.start())),
              append.at(last.end()),
              filter.contains(),
              filter.variables()));
    }
    return windows;
  }
}
