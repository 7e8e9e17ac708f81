package dev.firn.update;

import dev.firn.dataset.SourceStep;
import dev.firn.io.zarr.NodePath;
import java.util.List;
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
}
