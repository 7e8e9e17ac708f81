package dev.firn.live;

import dev.firn.dataset.DatasetSpec;
import dev.firn.dataset.SourceStep;
import dev.firn.io.zarr.NodePath;
import dev.firn.live.LivePublication.ChangedTime;
import dev.firn.update.FileStatus;
import dev.firn.update.MergedResults;
import dev.firn.update.RegionJobResult;
import dev.firn.update.SourceFileResult;
import dev.firn.update.UpdateOutcome;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What a live update has changed, as its results tell. */
public final class Changes {
  private final DatasetSpec spec;
  private final Holdings holdings;

  /**
   * Of one archive.
   *
   * @param holdings what it has since the update
   */
  public Changes(DatasetSpec spec, Holdings holdings) {
    this.spec = spec;
    this.holdings = holdings;
  }

  /** Puts together how an update ended. */
  public LivePublication of(UpdateOutcome outcome, MergedResults results) throws IOException {
    List<SourceFileResult> read =
        results.results().stream()
            .map(RegionJobResult::files)
            .flatMap(List::stream)
            .filter(file -> file.status() == FileStatus.SUCCEEDED)
            .toList();
    boolean isPublished = outcome.status() == UpdateOutcome.Status.PUBLISHED;
    return new LivePublication(
        outcome,
        isPublished ? times(read, outcome.finished()) : List.of(),
        available(read).min(Comparator.naturalOrder()),
        available(read).max(Comparator.naturalOrder()),
        outcome.finished());
  }

  private static Stream<Instant> available(List<SourceFileResult> files) {
    return files.stream().map(SourceFileResult::available).flatMap(Optional::stream);
  }

  private List<ChangedTime> times(List<SourceFileResult> read, Instant now) throws IOException {
    Map<Long, Set<String>> variables = new TreeMap<>();
    Map<Long, Set<Duration>> leads = new TreeMap<>();
    for (SourceFileResult file : read) {
      for (SourceStep step : file.steps()) {
        long position = spec.steps().position(step);
        Set<String> names = variables.computeIfAbsent(position, any -> new TreeSet<>());
        file.variables().stream().map(NodePath::value).forEach(names::add);
        Set<Duration> hours = leads.computeIfAbsent(position, any -> new TreeSet<>());
        if (spec.steps().runAlongLeads()) {
          hours.add(step.lead());
        }
      }
    }
    List<ChangedTime> times = new ArrayList<>();
    for (long position : variables.keySet()) {
      int expected = holdings.files(position, now).size();
      times.add(
          new ChangedTime(
              spec.append().at(position),
              List.copyOf(variables.get(position)),
              List.copyOf(leads.get(position)),
              expected - holdings.missing(position, now).size(),
              expected));
    }
    return times;
  }
}
