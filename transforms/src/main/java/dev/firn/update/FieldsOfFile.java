package dev.firn.update;

import dev.firn.dataset.SourceStep;
import dev.firn.io.zarr.NodePath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Some of the fields that are wanted from a file. */
final class FieldsOfFile {
  private FieldsOfFile() {}

  /** Tells of a field. */
  interface Test {
    boolean holds(WantedField field) throws IOException;
  }

  /** The file for those fields alone: once for each group of variables with the same steps. */
  static List<SourceFile> where(SourceFile file, Test test) throws IOException {
    Map<List<SourceStep>, List<NodePath>> alike = new LinkedHashMap<>();
    for (NodePath variable : file.variables()) {
      List<SourceStep> steps = new ArrayList<>();
      for (SourceStep step : file.steps()) {
        if (test.holds(new WantedField(variable, step))) {
          steps.add(step);
        }
      }
      if (!steps.isEmpty()) {
        alike.computeIfAbsent(steps, any -> new ArrayList<>()).add(variable);
      }
    }
    return alike.entrySet().stream()
        .map(fields -> new SourceFile(file.urls(), fields.getKey(), fields.getValue()))
        .toList();
  }
}
