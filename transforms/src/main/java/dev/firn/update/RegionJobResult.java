package dev.firn.update;

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
 * @param bytesRead how many bytes were fetched
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
    StageTimes times,
    List<String> warnings) {
  /** Copies the lists; no times are {@link StageTimes#NONE}. */
  public RegionJobResult {
    times = Objects.requireNonNullElse(times, StageTimes.NONE);
    files = List.copyOf(files);
    shards = List.copyOf(shards);
    warnings = List.copyOf(warnings);
  }

  boolean hasSuccess() {
    return files.stream().anyMatch(file -> file.status() == FileStatus.SUCCEEDED);
  }
}
