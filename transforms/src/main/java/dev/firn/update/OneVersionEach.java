package dev.firn.update;

import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * The rule that all jobs of an update read one version of each source file. A job sees to it for
 * what it reads itself ({@link SteadyReading}); between two of them a file may be replaced.
 */
final class OneVersionEach {
  private OneVersionEach() {}

  private record Reading(RegionJobKey job, SourceFileResult file) {
    @Override
    public String toString() {
      return job + " read version " + file.version().orElseThrow();
    }
  }

  /**
   * Checks it before readers are shown anything. Another attempt at the update mends it: recorded
   * results do not stand that are of a version which is gone, so those jobs run again.
   *
   * @throws IOException if a file was read at two versions; names it and the jobs
   */
  static void check(UpdateId update, Collection<RegionJobResult> results) throws IOException {
    Map<String, Reading> readings = new HashMap<>();
    for (RegionJobResult result : results) {
      for (SourceFileResult file : result.files()) {
        if (file.status() == FileStatus.SUCCEEDED && file.version().isPresent()) {
          Reading reading = new Reading(result.key(), file);
          Reading other = readings.putIfAbsent(file.url(), reading);
          if (other != null && !other.file().version().equals(file.version())) {
            throw new IOException(
                "Cannot publish job %s: %s was replaced meanwhile: %s, %s; begin again, and only what was read of a version that is gone is read again"
                    .formatted(update.job(), file.url(), other, reading));
          }
        }
      }
    }
  }
}
