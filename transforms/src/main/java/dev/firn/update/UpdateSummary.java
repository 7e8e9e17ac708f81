package dev.firn.update;

import dev.firn.io.source.Transfers;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What an update did.
 *
 * @param jobs how many region jobs
 * @param filesByStatus how many source files ended in which status; a file that failed for one
 *     variable only counts in both
 * @param fields how many fields were decoded
 * @param bytesRead how many bytes their messages have
 * @param transfers what was fetched for that
 * @param shards how many shards were written
 * @param bytesWritten their size
 * @param times how long that took
 * @param publishMillis how long publishing took
 * @param missing the files that did not succeed, at most {@link #MISSING_LISTED}
 * @param warnings what a user should look at
 */
public record UpdateSummary(
    int jobs,
    Map<String, Long> filesByStatus,
    long fields,
    long bytesRead,
    Transfers.Counts transfers,
    long shards,
    long bytesWritten,
    StageTimes times,
    long publishMillis,
    List<SourceFileResult> missing,
    List<String> warnings) {
  /** How many missing files a summary names. */
  public static final int MISSING_LISTED = 1000;

  /** No times are {@link StageTimes#NONE}. */
  public UpdateSummary {
    transfers = Objects.requireNonNullElse(transfers, Transfers.Counts.NONE);
    times = Objects.requireNonNullElse(times, StageTimes.NONE);
  }

  /** Nothing was done. */
  public static final UpdateSummary NOTHING =
      new UpdateSummary(
          0, Map.of(), 0, 0, Transfers.Counts.NONE, 0, 0, StageTimes.NONE, 0, List.of(), List.of());

  UpdateSummary publishedIn(long millis) {
    return with(millis, warnings);
  }

  /** The same with more for the user to look at; nothing is said twice. */
  UpdateSummary warningOf(List<String> more) {
    return with(publishMillis, Stream.concat(warnings.stream(), more.stream()).distinct().toList());
  }

  private UpdateSummary with(long millis, List<String> otherWarnings) {
    return new UpdateSummary(
        jobs,
        filesByStatus,
        fields,
        bytesRead,
        transfers,
        shards,
        bytesWritten,
        times,
        millis,
        missing,
        otherWarnings);
  }

  static UpdateSummary of(Collection<RegionJobResult> results) {
    List<SourceFileResult> files =
        results.stream().flatMap(result -> result.files().stream()).toList();
    List<WrittenShard> shards =
        results.stream().flatMap(result -> result.shards().stream()).toList();
    return new UpdateSummary(
        results.size(),
        filesByStatus(files),
        results.stream().mapToLong(RegionJobResult::fields).sum(),
        results.stream().mapToLong(RegionJobResult::bytesRead).sum(),
        results.stream()
            .map(RegionJobResult::transfers)
            .reduce(Transfers.Counts.NONE, Transfers.Counts::plus),
        shards.size(),
        shards.stream().mapToLong(WrittenShard::sizeBytes).sum(),
        results.stream().map(RegionJobResult::times).reduce(StageTimes.NONE, StageTimes::plus),
        0,
        files.stream()
            .filter(file -> file.status() != FileStatus.SUCCEEDED)
            .limit(MISSING_LISTED)
            .toList(),
        results.stream().flatMap(result -> result.warnings().stream()).toList());
  }

  private static Map<String, Long> filesByStatus(List<SourceFileResult> files) {
    Map<String, Set<String>> urls = new TreeMap<>();
    for (SourceFileResult file : files) {
      urls.computeIfAbsent(file.status().text(), status -> new HashSet<>()).add(file.url());
    }
    Map<String, Long> counts = new TreeMap<>();
    urls.forEach((status, distinct) -> counts.put(status, (long) distinct.size()));
    return counts;
  }
}
