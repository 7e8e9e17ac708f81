package dev.firn.live;

import dev.firn.dataset.SourceStep;
import dev.firn.update.SourceFile;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How far a position of the append dimension has come.
 *
 * @param isComplete whether nothing is missing but what has come
 * @param wholeLeads the lead times with something new of which nothing else is missing
 */
record Progress(boolean isComplete, int wholeLeads) {

  /**
   * Compares.
   *
   * @param missing what the archive has not
   * @param come what has come
   */
  static Progress of(List<SourceFile> missing, Collection<Arrival> come) {
    Set<String> urls =
        come.stream()
            .flatMap(arrival -> arrival.file().urls().stream())
            .collect(Collectors.toSet());
    Map<Duration, Boolean> whole = new HashMap<>();
    for (Arrival arrival : come) {
      arrival.file().steps().forEach(step -> whole.put(step.lead(), true));
    }
    boolean complete = true;
    for (SourceFile file : missing) {
      boolean hasCome = file.urls().stream().anyMatch(urls::contains);
      complete &= hasCome;
      for (SourceStep step : file.steps()) {
        whole.computeIfPresent(step.lead(), (lead, isWhole) -> isWhole && hasCome);
      }
    }
    return new Progress(complete, (int) whole.values().stream().filter(is -> is).count());
  }
}
