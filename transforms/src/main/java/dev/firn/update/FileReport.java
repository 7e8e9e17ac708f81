package dev.firn.update;

import dev.firn.dataset.SourceStep;
import dev.firn.io.zarr.NodePath;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Gathers, from many threads, how the fields of one source file ended. */
final class FileReport {
  private static final FileFailure NONE = new FileFailure(FileStatus.SUCCEEDED, "");

  private final SourceInventory inventory;
  private final Map<WantedField, FileFailure> failures = new ConcurrentHashMap<>();

  FileReport(SourceInventory inventory) {
    this.inventory = inventory;
    failures.putAll(inventory.failures());
  }

  void failed(WantedField field, FileFailure failure) {
    failures.put(field, failure);
  }

  /**
   * One result for the fields that ended alike, as far as they are all steps of some variables; in
   * the order of the file's variables.
   */
  List<SourceFileResult> results() {
    Map<Alike, List<NodePath>> alike = new LinkedHashMap<>();
    for (NodePath variable : inventory.file().variables()) {
      Map<FileFailure, List<SourceStep>> steps = new LinkedHashMap<>();
      for (SourceStep step : inventory.file().steps()) {
        FileFailure failure = failures.getOrDefault(new WantedField(variable, step), NONE);
        steps.computeIfAbsent(failure, ended -> new ArrayList<>()).add(step);
      }
      steps.forEach(
          (failure, of) ->
              alike
                  .computeIfAbsent(new Alike(failure, of), any -> new ArrayList<>())
                  .add(variable));
    }
    List<SourceFileResult> results = new ArrayList<>();
    alike.forEach((ended, variables) -> results.add(result(ended, variables)));
    return results;
  }

  private record Alike(FileFailure failure, List<SourceStep> steps) {}

  private SourceFileResult result(Alike ended, List<NodePath> variables) {
    return new SourceFileResult(
        inventory.found().map(FoundFile::url).orElse(inventory.file().urls().get(0)),
        ended.failure().status(),
        ended.steps(),
        variables,
        inventory.found().map(found -> found.version().tag()),
        inventory.found().map(found -> found.version().sizeBytes()).orElse(0L),
        inventory.found().flatMap(found -> found.version().lastModified()),
        ended.failure().detail());
  }
}
