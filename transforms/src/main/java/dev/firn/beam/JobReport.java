package dev.firn.beam;

import dev.firn.update.RegionJobKey;
import dev.firn.update.RegionJobResult;
import java.util.List;
import java.util.Optional;

/**
 * What the merge of an update's results hears: once the keys of all planned jobs, and of each job
 * its result, or why it was turned away.
 *
 * @param planned all planned jobs
 * @param warnings what a user should look at that is of no job
 * @param result one finished job
 * @param busy who has taken the lease, and so kept a job from being done
 */
record JobReport(
    Optional<List<RegionJobKey>> planned,
    List<String> warnings,
    Optional<RegionJobResult> result,
    Optional<String> busy) {
  static JobReport planned(List<RegionJobKey> keys, List<String> warnings) {
    return new JobReport(
        Optional.of(List.copyOf(keys)), List.copyOf(warnings), Optional.empty(), Optional.empty());
  }

  static JobReport finished(RegionJobResult result) {
    return new JobReport(Optional.empty(), List.of(), Optional.of(result), Optional.empty());
  }

  static JobReport turnedAway(String why) {
    return new JobReport(Optional.empty(), List.of(), Optional.empty(), Optional.of(why));
  }
}
