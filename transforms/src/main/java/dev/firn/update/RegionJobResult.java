package dev.firn.update;

import dev.firn.io.source.Transfers;
import java.util.List;
import java.util.Objects;

/**
 * What a finished region job reports: one for each job, also when all its files failed.
 *
 * @param runId the run it was done for: of no other are its shards
 * @param key the job
 * @param files every file it was asked for
 * @param shards what it wrote
 * @param fields how many fields were decoded
 * @param bytesRead how many bytes their messages have
 * @param transfers what was fetched for that
 * @param times how long it took
 * @param warnings what a user should look at
 */
public record RegionJobResult(
    String runId,
    RegionJobKey key,
    List<SourceFileResult> files,
    List<WrittenShard> shards,
    long fields,
    long bytesRead,
    Transfers.Counts transfers,
    StageTimes times,
    List<String> warnings) {
  /** Copies the lists; what is not there of transfers and times is none. */
  public RegionJobResult {
    transfers = Objects.requireNonNullElse(transfers, Transfers.Counts.NONE);
    times = Objects.requireNonNullElse(times, StageTimes.NONE);
    files = List.copyOf(files);
    shards = List.copyOf(shards);
    warnings = List.copyOf(warnings);
  }

  /** Nothing was done. */
  static RegionJobResult ofNothing(String runId, RegionJobKey key) {
    return new RegionJobResult(
        runId, key, List.of(), List.of(), 0, 0, Transfers.Counts.NONE, StageTimes.NONE, List.of());
  }

  RegionJobResult fetchedBy(Transfers.Counts counts) {
    return new RegionJobResult(
        runId, key, files, shards, fields, bytesRead, counts, times, warnings);
  }

  boolean hasSuccess() {
    return files.stream().anyMatch(file -> file.status() == FileStatus.SUCCEEDED);
  }
}
