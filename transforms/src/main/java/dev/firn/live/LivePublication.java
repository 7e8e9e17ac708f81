package dev.firn.live;

import dev.firn.update.UpdateOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How a live update ended, and what readers see of it.
 *
 * @param outcome how it ended
 * @param times what has changed, time by time; empty unless it was published
 * @param firstFile when the first of its files was available
 * @param lastFile and the last
 * @param readable when readers could see it
 */
public record LivePublication(
    UpdateOutcome outcome,
    List<ChangedTime> times,
    Optional<Instant> firstFile,
    Optional<Instant> lastFile,
    Instant readable) {
  /** Copies the list. */
  public LivePublication {
    times = List.copyOf(times);
  }

  /**
   * What has changed at one time of the append dimension.
   *
   * @param time which: of a forecast its start
   * @param variables the variables with new values, by path
   * @param leadTimes the lead times with new values; empty where there are none
   * @param ingestedFiles of how many source files the archive has all that is wanted from them
   * @param expectedFiles how many there should be
   */
  public record ChangedTime(
      Instant time,
      List<String> variables,
      List<Duration> leadTimes,
      long ingestedFiles,
      long expectedFiles) {
    /** Copies the lists. */
    public ChangedTime {
      variables = List.copyOf(variables);
      leadTimes = List.copyOf(leadTimes);
    }
  }
}
