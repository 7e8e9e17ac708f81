package dev.firn.update;

import dev.firn.io.source.FileVersion;
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
  private final Map<NodePath, FileFailure> failures = new ConcurrentHashMap<>();

  FileReport(SourceInventory inventory) {
    this.inventory = inventory;
    failures.putAll(inventory.failures());
  }

  void failed(NodePath variable, FileFailure failure) {
    failures.put(variable, failure);
  }

  /** One result for the variables that ended alike, in the order of the file's variables. */
  List<SourceFileResult> results() {
    Map<FileFailure, List<NodePath>> alike = new LinkedHashMap<>();
    for (NodePath variable : inventory.file().variables()) {
      alike
          .computeIfAbsent(failures.getOrDefault(variable, NONE), failure -> new ArrayList<>())
          .add(variable);
    }
    List<SourceFileResult> results = new ArrayList<>();
    alike.forEach((failure, variables) -> results.add(result(failure, variables)));
    return results;
  }

  private SourceFileResult result(FileFailure failure, List<NodePath> variables) {
    return new SourceFileResult(
        inventory.file().url(),
        inventory.file().init(),
        inventory.file().lead(),
        failure.status(),
        variables,
        inventory.version().map(FileVersion::tag),
        inventory.version().map(FileVersion::sizeBytes).orElse(0L),
        failure.detail());
  }
}
