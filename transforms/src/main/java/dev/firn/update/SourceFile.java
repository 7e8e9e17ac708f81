package dev.firn.update;

import dev.firn.dataset.SourceStep;
import dev.firn.io.zarr.NodePath;
import java.util.Comparator;
import java.util.List;

/**
 * A file that a region job reads: every one of its variables at every one of its steps. What
 * travels between workers is this, never its content.
 *
 * @param urls where it is looked for, in order; the first that is there counts
 * @param steps what it is wanted for, in order
 * @param variables the paths of the variables that are wanted from it
 */
public record SourceFile(List<String> urls, List<SourceStep> steps, List<NodePath> variables) {
  /** Stands where a job has no file: it has only fill to write. */
  public static final SourceFile NONE = new SourceFile(List.of(), List.of(), List.of());

  /** By the first step, then by the place. */
  static final Comparator<SourceFile> BY_TIME =
      Comparator.<SourceFile, SourceStep>comparing(file -> file.steps().get(0))
          .thenComparing(file -> String.join(" ", file.urls()))
          .thenComparing(file -> file.variables().get(0));

  /** Copies the lists; none may be empty, or all. */
  public SourceFile {
    urls = List.copyOf(urls);
    steps = List.copyOf(steps);
    variables = List.copyOf(variables);
    if (urls.isEmpty() != steps.isEmpty() || urls.isEmpty() != variables.isEmpty()) {
      throw new IllegalArgumentException(
          "Invalid source file: it has URLs "
              + urls
              + ", steps "
              + steps
              + ", variables "
              + variables);
    }
  }

  /** Whether it stands for no file. */
  public boolean standsForNone() {
    return urls.isEmpty();
  }

  /** How many fields are wanted from it. */
  public int fields() {
    return steps.size() * variables.size();
  }
}
