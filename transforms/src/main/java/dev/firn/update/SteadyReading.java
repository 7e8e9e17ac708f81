package dev.firn.update;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Reads the files of a region job at one version each: when one is replaced meanwhile, all begins
 * anew. A file that is replaced again and again is not ready, and is left out.
 */
final class SteadyReading {
  private static final int MOST_CHANGES = 3;

  private SteadyReading() {}

  /** One reading of all files. */
  interface Reading {
    /**
     * Reads them.
     *
     * @param unsteady files that are to be left out as not ready
     * @throws SourceChangedException when a file was replaced
     */
    RegionJobResult read(Set<SourceFile> unsteady) throws IOException;
  }

  /** The result of the first reading during which no file was replaced. */
  static RegionJobResult of(Reading reading) throws IOException {
    Map<SourceFile, Integer> changes = new HashMap<>();
    Set<SourceFile> unsteady = new HashSet<>();
    while (true) {
      try {
        return reading.read(unsteady);
      } catch (SourceChangedException changed) {
        if (changes.merge(changed.file(), 1, Integer::sum) == MOST_CHANGES) {
          unsteady.add(changed.file());
        }
      }
    }
  }
}
