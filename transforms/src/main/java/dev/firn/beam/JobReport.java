package dev.firn.beam;

import dev.firn.update.RegionJobKey;
import dev.firn.update.RegionJobResult;
import java.util.List;
import java.util.Optional;

/**
 * What the merge of an update's results hears: once the keys of all planned jobs, and of each job
 * its result.
 *
 * @param planned all planned jobs
 * @param result one finished job
 */
record JobReport(Optional<List<RegionJobKey>> planned, Optional<RegionJobResult> result) {
  static JobReport planned(List<RegionJobKey> keys) {
    return new JobReport(Optional.of(List.copyOf(keys)), Optional.empty());
  }

  static JobReport finished(RegionJobResult result) {
    return new JobReport(Optional.empty(), Optional.of(result));
  }
}
