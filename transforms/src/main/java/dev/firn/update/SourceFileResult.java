package dev.firn.update;

import dev.firn.dataset.SourceStep;
import dev.firn.io.object.ETag;
import dev.firn.io.zarr.NodePath;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How one source file ended for some of the fields wanted from it. A file of which one field failed
 * has several results.
 *
 * @param url where it was found, or else the first place where it was looked for
 * @param status how it ended
 * @param steps for which steps
 * @param variables for which variables
 * @param version the version that was read, if it was found
 * @param sizeBytes its size, 0 if it was not found
 * @param available since when it has been there, as its store says
 * @param detail what went wrong, empty when nothing did
 */
public record SourceFileResult(
    String url,
    FileStatus status,
    List<SourceStep> steps,
    List<NodePath> variables,
    Optional<ETag> version,
    long sizeBytes,
    Optional<Instant> available,
    String detail) {
  /** Copies the lists. */
  public SourceFileResult {
    steps = List.copyOf(steps);
    variables = List.copyOf(variables);
  }
}
