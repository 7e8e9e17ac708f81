package dev.firn.update;

import dev.firn.dataset.SourceStep;
import dev.firn.io.zarr.NodePath;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A field that a source file is read for.
 *
 * @param variable its path
 * @param step which of the variable's fields
 */
record WantedField(NodePath variable, SourceStep step) {

  /** All that {@code file} is read for, variable after variable. */
  static List<WantedField> of(SourceFile file) {
    return file.variables().stream()
        .flatMap(variable -> file.steps().stream().map(step -> new WantedField(variable, step)))
        .toList();
  }

  static Stream<WantedField> of(SourceFile file, NodePath variable) {
    return file.steps().stream().map(step -> new WantedField(variable, step));
  }

  /** A file for some of its fields alone: once for each group of variables with the same steps. */
  static List<SourceFile> of(SourceFile file, List<WantedField> fields) {
    Map<NodePath, List<SourceStep>> steps = new LinkedHashMap<>();
    fields.forEach(
        field ->
            steps.computeIfAbsent(field.variable(), any -> new ArrayList<>()).add(field.step()));
    Map<List<SourceStep>, List<NodePath>> alike = new LinkedHashMap<>();
    steps.forEach(
        (variable, of) -> alike.computeIfAbsent(of, any -> new ArrayList<>()).add(variable));
    return alike.entrySet().stream()
        .map(part -> new SourceFile(file.urls(), part.getKey(), part.getValue()))
        .toList();
  }
}
