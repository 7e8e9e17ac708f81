package dev.firn.update;

import dev.firn.dataset.ArchiveSteps;
import dev.firn.dataset.DatasetSpec;
import dev.firn.dataset.NamedSteps;
import dev.firn.dataset.SourceStep;
import dev.firn.dataset.VariableSpec;
import dev.firn.io.zarr.NodePath;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** Plans which files a region job reads. */
public final class SourceFilePlan {
  private final DatasetSpec spec;
  private final ArchiveSteps steps;
  private final Instant now;
  private final Optional<LiveFiles> live;

  /**
   * A plan of a dataset's files.
   *
   * @param now when the update was planned: some sources have files only while they are new
   */
  public SourceFilePlan(DatasetSpec spec, Instant now) {
    this(spec, now, Optional.empty());
  }

  private SourceFilePlan(DatasetSpec spec, Instant now, Optional<LiveFiles> live) {
    this.spec = spec;
    this.steps = spec.steps();
    this.now = now;
    this.live = live;
  }

  /** The files of an update: all, or what follows from those that its request names. */
  public static SourceFilePlan of(DatasetSpec spec, UpdatePlan plan) {
    boolean isLive = plan.request().kind() == UpdateRequest.Kind.LIVE;
    return new SourceFilePlan(
        spec, plan.now(), isLive ? Optional.of(LiveFiles.of(spec, plan)) : Optional.empty());
  }

  /** What decides the URLs of a file. */
  private record Named(Map<String, String> words, SourceStep step) {}

  /** All files that sources should have of a region. */
  public static List<SourceFile> of(DatasetSpec spec, Region region, Instant now) {
    RegionJobKey key = new RegionJobKey(region.index(), 0);
    return new SourceFilePlan(spec, now).of(new RegionJob(key, region, region, spec.variables()));
  }

  /** The files that a job reads, those of a step in the order of its variables. */
  public List<SourceFile> of(RegionJob job) {
    List<SourceFile> all = files(job.variables(), variable -> steps(variable, job.processing()));
    return live.map(files -> files.of(job, all)).orElse(all);
  }

  /**
   * All files of one position that a name may be of, as they are for a region of that position
   * alone.
   *
   * @param readings of the name
   */
  List<SourceFile> at(long position, List<NamedSteps> readings) {
    int[] indices = readings.stream().flatMapToInt(steps::indices).distinct().sorted().toArray();
    return files(
        spec.variables(),
        variable ->
            Arrays.stream(indices)
                .mapToObj(index -> steps.source(variable, position, index))
                .flatMap(Optional::stream)
                .filter(step -> readings.stream().anyMatch(named -> named.has(step)))
                .filter(step -> hasField(variable, step))
                .toList());
  }

  private List<SourceFile> files(
      List<VariableSpec> variables, Function<VariableSpec, List<SourceStep>> stepsOf) {
    Map<List<String>, Map<SourceStep, List<NodePath>>> wanted = new LinkedHashMap<>();
    Map<Named, List<String>> known = new HashMap<>();
    for (VariableSpec variable : variables) {
      for (SourceStep step : stepsOf.apply(variable)) {
        List<String> urls =
            known.computeIfAbsent(
                new Named(variable.words(), step),
                unknown -> spec.source().urls(variable, step, now));
        if (!urls.isEmpty()) {
          wanted
              .computeIfAbsent(urls, place -> new TreeMap<>())
              .computeIfAbsent(step, any -> new ArrayList<>())
              .add(variable.path());
        }
      }
    }
    List<SourceFile> files = new ArrayList<>();
    wanted.forEach((urls, steps) -> files.addAll(files(urls, steps)));
    files.sort(SourceFile.BY_TIME);
    return files;
  }

  /**
   * A small file that would be read for the newest step before {@code end}, to see whether sources
   * can be reached; empty where there is none that is small and of a known name.
   */
  public Optional<String> example(Instant end) {
    VariableSpec variable = spec.variables().get(0);
    return steps
        .source(variable, spec.append().floor(end), steps.perPosition() - 1)
        .flatMap(step -> spec.source().urls(variable, step, now).stream().findFirst())
        .flatMap(url -> spec.source().inventory().map(inventory -> inventory.of(url)))
        .filter(url -> url.indexOf('*') < 0);
  }

  /** One file's steps that are wanted for the same variables are read together. */
  private static List<SourceFile> files(List<String> urls, Map<SourceStep, List<NodePath>> wanted) {
    Map<List<NodePath>, List<SourceStep>> alike = new LinkedHashMap<>();
    wanted.forEach(
        (step, variables) -> alike.computeIfAbsent(variables, any -> new ArrayList<>()).add(step));
    List<SourceFile> files = new ArrayList<>();
    alike.forEach((variables, steps) -> files.add(new SourceFile(urls, steps, variables)));
    return files;
  }

  private List<SourceStep> steps(VariableSpec variable, Region region) {
    List<SourceStep> found = new ArrayList<>();
    for (long position = region.start(); position < region.end(); position++) {
      for (int index = 0; index < steps.perPosition(); index++) {
        steps
            .source(variable, position, index)
            .filter(step -> hasField(variable, step))
            .ifPresent(found::add);
      }
    }
    return found;
  }

  private boolean hasField(VariableSpec variable, SourceStep step) {
    return !variable.sourcesAt(step, now).isEmpty();
  }
}
