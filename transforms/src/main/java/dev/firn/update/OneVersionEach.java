package dev.firn.update;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

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

  /** If a file was read at two versions, names it and the jobs. */
  static Optional<String> mixture(Collection<RegionJobResult> results) {
    Map<String, Reading> readings = new HashMap<>();
    for (RegionJobResult result : results) {
      for (SourceFileResult file : result.files()) {
        if (file.status() == FileStatus.SUCCEEDED && file.version().isPresent()) {
          Reading reading = new Reading(result.key(), file);
          Reading other = readings.putIfAbsent(file.url(), reading);
          if (other != null && !other.file().version().equals(file.version())) {
            return Optional.of(
                "%s was replaced meanwhile: %s, %s".formatted(file.url(), other, reading));
          }
        }
      }
    }
    return Optional.empty();
  }
}
